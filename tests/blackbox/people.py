#!/usr/bin/env python3
"""People of `cutroom serve --accounts`: who is in a film, links that invite, passwords, sessions and tokens."""

import os
import shutil
import sys

from accounts import PASSWORD, Browser, Server, expect, first_person, join
from server import environment

environment()
OTHER = "another correct horse"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def people_of(person, film):
    return expect(person.ask("GET", f"/api/films/{film}/people"), 200).json


def roles_of(person, film):
    return {part["name"]: part["role"] for part in people_of(person, film)["people"]}


def share(owner, film, name, role, status=204):
    return expect(owner.ask("PUT", f"/api/films/{film}/people", {"name": name, "role": role}), status)


def invite(owner, film, role):
    return expect(owner.ask("POST", f"/api/films/{film}/invitations", {"role": role}), 201).json["invitation"]


def take(person, invitation, status=201):
    return expect(person.ask("POST", "/api/parts", {"invitation": invitation}), status).json


def parts(server, admin):
    """A film, its owner and whoever they let in."""
    owner, guest, stranger = (join(server, admin, name) for name in ("mina", "guest", "stranger"))
    film = expect(owner.ask("POST", "/api/films", {"prompt": "Bees", "seconds": 10, "width": 320, "height": 180}), 201).json["id"]
    assert roles_of(owner, film) == {"mina": "owner"}
    expect(guest.ask("GET", f"/api/films/{film}/people"), 404)
    share(owner, film, "guest", "viewer")
    told = people_of(guest, film)
    assert told["role"] == "viewer" and "invitations" not in told, told
    expect(guest.ask("POST", f"/api/films/{film}/invitations", {"role": "viewer"}), 403)
    share(guest, film, "stranger", "viewer", 403)
    share(owner, film, "nobody", "viewer", 404)
    # A film keeps an owner.
    share(owner, film, "mina", "none", 409)
    share(owner, film, "mina", "editor", 409)
    share(owner, film, "guest", "owner")
    share(owner, film, "mina", "editor")
    share(guest, film, "mina", "owner")
    # Whoever is in it may leave it.
    share(guest, film, "guest", "none")
    expect(guest.ask("GET", f"/api/films/{film}"), 404)
    return owner, guest, stranger, film


def film_links(server, admin, owner, guest, stranger, film):
    link = invite(owner, film, "editor")
    waiting = people_of(owner, film)["invitations"]
    assert [(line["role"], line["from"], line["joins"]) for line in waiting] == [("editor", "mina", False)], waiting
    # To be here costs whoever runs the server: this link lets nobody new in.
    new = Browser(server.port)
    expect(new.ask("POST", "/api/people", {"invitation": link, "name": "new", "password": PASSWORD}), 403)
    expect(new.ask("POST", "/api/parts", {"invitation": link}), 401)
    assert take(guest, link) == {"film": film, "role": "editor"}
    take(stranger, link, 403)
    assert people_of(owner, film)["invitations"] == []
    # Nobody has less by a link than before.
    assert take(guest, invite(owner, film, "viewer"))["role"] == "editor"
    # One that is taken back opens nothing, and nobody else's can be taken back.
    link = invite(owner, film, "viewer")
    [line] = people_of(owner, film)["invitations"]
    expect(guest.ask("DELETE", f"/api/films/{film}/invitations/{line['id']}"), 403)
    expect(owner.ask("DELETE", f"/api/films/{film}/invitations/{line['id']}"), 204)
    expect(owner.ask("DELETE", f"/api/films/{film}/invitations/{line['id']}"), 404)
    take(stranger, link, 403)
    # Of who runs the server: somebody new comes in by it, into the film.
    link = invite(admin, film, "viewer")
    expect(new.ask("POST", "/api/people", {"invitation": link, "name": "new", "password": PASSWORD}), 201)
    expect(new.enter("new"), 200)
    assert roles_of(new, film)["new"] == "viewer"
    expect(owner.ask("POST", f"/api/films/{film}/invitations", {"role": "none"}), 400)
    return new


def server_links(server, admin, owner):
    expect(owner.ask("GET", "/api/invitations"), 403)
    expect(owner.ask("GET", "/api/people"), 403)
    link = expect(admin.ask("POST", "/api/invitations", {}), 201).json["invitation"]
    take(owner, link, 403)
    [line] = expect(admin.ask("GET", "/api/invitations"), 200).json["invitations"]
    assert (line["from"], line["scope"]) == ("owner", "write"), line
    expect(admin.ask("DELETE", f"/api/invitations/{line['id']}"), 204)
    wish = {"invitation": link, "name": "late", "password": PASSWORD}
    expect(Browser(server.port).ask("POST", "/api/people", wish), 403)
    names = {line["name"] for line in expect(admin.ask("GET", "/api/people"), 200).json["people"]}
    assert names == {"owner", "mina", "guest", "stranger", "new"}, names


def sessions(server, person, name):
    """The other places where somebody is signed in, and their end."""
    elsewhere, third = Browser(server.port), Browser(server.port)
    expect(elsewhere.ask("POST", "/api/session", {"name": name, "password": PASSWORD}, User_Agent=FIREFOX), 200)
    expect(third.enter(name), 200)
    lines = expect(person.ask("GET", "/api/sessions"), 200).json["sessions"]
    assert [line["current"] for line in lines] == [False, False, True], lines
    assert lines[1]["device"] == "Firefox, Linux" and lines[1]["created"] > 0, lines
    expect(elsewhere.ask("GET", "/api/session"), 200)
    seen = expect(person.ask("GET", "/api/sessions"), 200).json["sessions"][1]["seen"]
    assert seen >= lines[1]["created"], seen
    stranger = Browser(server.port)
    expect(stranger.enter("stranger"), 200)
    expect(stranger.ask("DELETE", f"/api/sessions/{lines[1]['id']}"), 404)
    expect(person.ask("DELETE", f"/api/sessions/{lines[1]['id']}"), 204)
    expect(elsewhere.ask("GET", "/api/session"), 401)
    expect(third.ask("GET", "/api/session"), 200)
    return third


def passwords(server, admin, person, name):
    third = sessions(server, person, name)
    change = {"password": PASSWORD, "wanted": OTHER}
    expect(person.ask("PUT", "/api/password", {**change, "password": "not this one at all"}), 403)
    answer = expect(person.ask("PUT", "/api/password", {**change, "wanted": "short"}), 400)
    assert answer.json["error"]["place"] == "wanted", answer.json
    expect(person.ask("PUT", "/api/password", change), 204)
    expect(person.ask("GET", "/api/session"), 200)
    expect(third.ask("GET", "/api/session"), 401)
    expect(third.enter(name), 401)
    expect(third.enter(name, OTHER), 200)
    # By a link of who runs the server.
    expect(person.ask("POST", f"/api/people/{name}/reset", {}), 403)
    expect(admin.ask("POST", "/api/people/nobody/reset", {}), 404)
    first = expect(admin.ask("POST", f"/api/people/{name}/reset", {}), 201).json["reset"]
    second = expect(admin.ask("POST", f"/api/people/{name}/reset", {}), 201).json["reset"]
    token = expect(person.ask("POST", "/api/tokens", {"scope": "read", "name": "lights"}), 201).json["token"]
    forgot = Browser(server.port)
    wish = {"reset": second, "password": PASSWORD}
    expect(forgot.ask("POST", "/api/reset", {**wish, "reset": first}), 403)
    expect(forgot.ask("POST", "/api/reset", {**wish, "password": "short"}), 400)
    # A key that resets is none to come in by.
    forgot.cookie = f"cutroom-account-{server.port}={second}"
    expect(forgot.ask("GET", "/api/session"), 401)
    forgot.cookie = None
    expect(forgot.ask("POST", "/api/reset", wish), 204)
    expect(forgot.ask("POST", "/api/reset", wish), 403)
    for old in (person, third, Browser(server.port, token)):
        expect(old.ask("GET", "/api/session"), 401)
    expect(person.enter(name), 200)
    return [second, OTHER]


def tokens(server, person):
    keys = {name: expect(person.ask("POST", "/api/tokens", {"scope": "read", "name": name}), 201).json["token"] for name in ("lights", "bell")}
    lines = expect(person.ask("GET", "/api/tokens"), 200).json["tokens"]
    assert [line["name"] for line in lines] == ["bell", "lights"], lines
    bell, lights = (Browser(server.port, keys[name]) for name in ("bell", "lights"))
    expect(bell.ask("GET", "/api/films"), 200)
    expect(bell.ask("GET", "/api/tokens"), 403)
    expect(person.ask("DELETE", f"/api/tokens/{lines[0]['id']}"), 204)
    expect(bell.ask("GET", "/api/films"), 401)
    expect(lights.ask("GET", "/api/films"), 200)
    # A session's number is none of a token's.
    [session] = [line for line in person.ask("GET", "/api/sessions").json["sessions"] if line["current"]]
    expect(person.ask("DELETE", f"/api/tokens/{session['id']}"), 404)
    expect(person.ask("POST", "/api/tokens", {"scope": "read", "name": "x" * 80}), 400)
    return list(keys.values())


def main():
    server = Server(os.path.abspath(sys.argv[1]))
    try:
        admin = first_person(server)
        owner, guest, stranger, film = parts(server, admin)
        film_links(server, admin, owner, guest, stranger, film)
        server_links(server, admin, owner)
        secrets = passwords(server, admin, owner, "mina")
        secrets += tokens(server, owner)
        lines = expect(admin.ask("GET", "/api/audit"), 200).json["lines"]
        done = {line["what"] for line in lines}
        assert done >= {"film invite", "take part", "uninvite", "session ended", "password", "reset", "token dropped"}, done
        assert any(line["what"] == "share" and line["about"] == f"{film}: guest viewer" for line in lines)
        server.stop()
        for place in (server.folder / "log", *server.folder.glob("films/accounts.sqlite*")):
            assert not [secret for secret in secrets if secret.encode() in place.read_bytes()], place
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.communicate()
        server.log.close()
        shutil.rmtree(server.folder)


main()
