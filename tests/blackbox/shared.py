#!/usr/bin/env python3
"""Live updates of a server with accounts: everybody hears of their films, and of no others."""

import os
import shutil
import sys

from accounts import Browser, Server, expect, first_person, join
from edits import SCRIPT, Seat, clip, name_edit
from server import environment
from socket_line import Line

environment()


class At:
    """The server as one person's browser or program sees it, for lines."""

    def __init__(self, server, person):
        self.port, self.cookie = server.port, person.cookie
        self.fields = {"Authorization": "Bearer " + person.token} if person.token else {}


def line_of(server, person):
    at = At(server, person)
    return Line(at, **at.fields)


def seat_of(server, person, film):
    at = At(server, person)
    seat = Seat(at, film, **at.fields)
    seat.until(lambda: seat.project is not None or any(other["type"] == "gone" for other in seat.others))
    return seat


def listed(line):
    """The ids of the films that one is told of next."""
    while True:
        message = line.hear()
        if message["type"] == "films":
            return [card["id"] for card in message["films"]]


def until_listed(line, wanted):
    while listed(line) != wanted:
        pass


def finished_film(owner):
    wish = {"prompt": "Bees", "script": SCRIPT, "asks": False, "seconds": 5, "width": 320, "height": 180}
    film = expect(owner.ask("POST", "/api/films", wish), 201).json["id"]
    while expect(owner.ask("GET", f"/api/films/{film}"), 200).json["status"] != "done":
        pass
    return film


def share(owner, film, name, role):
    expect(owner.ask("PUT", f"/api/films/{film}/people", {"name": name, "role": role}), 204)


def parts(server, owner, film, people):
    """What a stranger, a viewer and an editor hear, and may do."""
    stranger = seat_of(server, people["stranger"], film)
    assert stranger.project is None
    line = line_of(server, people["stranger"])
    line.say(type="subscribe", films=True)
    assert listed(line) == []
    line.say(type="subscribe", film=film)
    assert line.hear() == {"type": "gone", "film": film}
    stranger.edit("stranger-1", name_edit("Mine"))
    assert stranger.answer("edit-refused")["error"]["code"] == "denied"

    viewer, editor = (seat_of(server, people[name], film) for name in ("viewer", "editor"))
    viewer.edit("viewer-1", name_edit("Mine"))
    assert viewer.answer("edit-refused")["error"]["code"] == "denied"
    editor.edit("editor-1", name_edit("By the editor"))
    viewer.until_edit("editor-1")
    assert viewer.edits[-1]["person"] == "editor"
    editor.say(type="here", here={"window": "e"})
    viewer.until(lambda: viewer.people == [{"name": "editor", "here": {"window": "e"}}])
    # Shared meanwhile: the list tells.
    share(owner, film, "stranger", "viewer")
    until_listed(line, [film])
    return viewer, editor, line


def taken_away(owner, film, people, seats):
    viewer, editor, line = seats
    share(owner, film, "viewer", "none")
    assert viewer.answer("gone")["film"] == film
    share(owner, film, "editor", "viewer")
    editor.edit("editor-2", name_edit("Too late"))
    assert editor.answer("edit-refused")["error"]["code"] == "denied"
    share(owner, film, "stranger", "none")
    until_listed(line, [])
    expect(people["stranger"].ask("DELETE", "/api/session"), 204)
    assert line.code() == 1008


def programs(server, owner, film):
    keys = {scope: expect(owner.ask("POST", "/api/tokens", {"scope": scope}), 201).json["token"] for scope in ("read", "write")}
    reader, writer = (seat_of(server, Browser(server.port, keys[scope]), film) for scope in ("read", "write"))
    reader.edit("reader-1", name_edit("Mine"))
    assert reader.answer("edit-refused")["error"]["code"] == "denied"
    writer.edit("writer-1", name_edit("By a program"))
    reader.until_edit("writer-1")
    fresh = seat_of(server, owner, film)
    assert clip(fresh.project, "video-1")["name"] == "By a program"
    expect(owner.ask("DELETE", "/api/tokens"), 204)
    assert reader.line.code() == 1008


def main():
    server = Server(os.path.abspath(sys.argv[1]))
    try:
        owner = first_person(server)
        film = finished_film(owner)
        people = {name: join(server, owner, name) for name in ("stranger", "viewer", "editor")}
        for name in ("viewer", "editor"):
            share(owner, film, name, name)
        taken_away(owner, film, people, parts(server, owner, film, people))
        programs(server, owner, film)
        server.stop()
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.communicate()
        server.log.close()
        shutil.rmtree(server.folder)


main()
