#!/usr/bin/env python3
"""`cutroom accounts` beside a running server: what it changes is so at once, what it cannot do it says."""

import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import pathlib

from accounts import PASSWORD, Browser, Server, expect, first_person
from server import environment

environment()
PROGRAM = os.path.abspath(sys.argv[1])
OK, USAGE, BAD_INPUT, MISSING = 0, 2, 3, 4


def run(films, *words, typed="", status=OK):
    asked = subprocess.run([PROGRAM, "accounts", *words, "--films", str(films)], input=typed, capture_output=True, text=True, timeout=60)
    assert asked.returncode == status, (words, asked)
    return asked.stdout if status == OK else asked.stderr


def key_of(line, what):
    found = re.fullmatch(r"https://films\.example\.org/#%s=([0-9a-f]{64})\n" % what, line)
    assert found, line
    return found.group(1)


def joins(server, films):
    link = run(films, "invite", "--origin", "https://films.example.org/", status=USAGE)
    assert "no origin" in link, link
    key = key_of(run(films, "invite", "--origin", "https://films.example.org"), "invitation")
    mina = Browser(server.port)
    expect(mina.ask("POST", "/api/people", {"invitation": key, "name": "mina", "password": PASSWORD}), 201)
    assert expect(mina.enter("mina"), 200).json["admin"] is False
    assert "tolu can sign in" in run(films, "add", "tolu", "--admin", typed=PASSWORD + "\n")
    tolu = Browser(server.port)
    assert expect(tolu.enter("tolu"), 200).json["admin"] is True
    assert "this name already" in run(films, "add", "tolu", typed=PASSWORD + "\n", status=1)
    assert "12 to 1024 bytes" in run(films, "add", "zoe", typed="short\n", status=BAD_INPUT)
    assert "standard input has none" in run(films, "add", "zoe", status=BAD_INPUT)
    lines = run(films, "list").splitlines()
    assert [line.split()[:2] for line in lines] == [["mina", "person"], ["owner", "admin"], ["tolu", "admin"]], lines
    return mina, tolu


def resets(server, films, mina):
    key = key_of(run(films, "reset", "mina", "--origin", "https://films.example.org"), "reset")
    expect(Browser(server.port).ask("POST", "/api/reset", {"reset": key, "password": PASSWORD + "!"}), 204)
    expect(mina.ask("GET", "/api/session"), 401)
    expect(mina.enter("mina"), 401)
    expect(mina.enter("mina", PASSWORD + "!"), 200)
    assert "nobody of this name" in run(films, "reset", "nobody", status=MISSING)


def keeps_out(server, films, mina, tolu):
    token = expect(mina.ask("POST", "/api/tokens", {"scope": "read"}), 201).json["token"]
    run(films, "disable", "mina")
    expect(mina.ask("GET", "/api/session"), 401)
    expect(Browser(server.port, token).ask("GET", "/api/films"), 401)
    expect(mina.enter("mina", PASSWORD + "!"), 401)
    run(films, "enable", "mina")
    expect(mina.enter("mina", PASSWORD + "!"), 200)
    # Somebody always runs the server.
    run(films, "admin", "tolu", "off")
    expect(tolu.ask("GET", "/api/people"), 403)
    assert "nobody would run" in run(films, "admin", "owner", "off", status=BAD_INPUT)
    assert "nobody would run" in run(films, "disable", "owner", status=BAD_INPUT)
    run(films, "admin", "tolu", "on")
    run(films, "disable", "owner")
    run(films, "enable", "owner")
    assert "not on or off" in run(films, "admin", "tolu", "perhaps", status=BAD_INPUT)


def roles(films, owner, mina):
    expect(owner.enter("owner"), 200)
    film = expect(owner.ask("POST", "/api/films", {"prompt": "Bees", "seconds": 10, "width": 320, "height": 180}), 201).json["id"]
    expect(mina.ask("GET", f"/api/films/{film}"), 404)
    run(films, "role", "mina", film, "viewer")
    expect(mina.ask("GET", f"/api/films/{film}"), 200)
    expect(mina.ask("PATCH", f"/api/films/{film}", {}), 403)
    run(films, "role", "mina", film, "none")
    expect(mina.ask("GET", f"/api/films/{film}"), 404)
    assert "a film has an owner" in run(films, "role", "owner", film, "viewer", status=BAD_INPUT)
    assert "no film of this name" in run(films, "role", "mina", "wasps", "viewer", status=MISSING)
    assert "no film of this name" in run(films, "role", "mina", "../films/" + film, "viewer", status=MISSING)
    assert "is not viewer" in run(films, "role", "mina", film, "king", status=BAD_INPUT)
    return film


def logs(films, film):
    lines = run(films, "audit", "--lines", "100").splitlines()
    mine = [line for line in lines if "(command line)" in line]
    for deed in ("invite", "reset", "disable", "enable", "make admin", "make plain", f"{film}: mina viewer"):
        assert any(deed in line for line in mine), (deed, lines)
    assert len(run(films, "audit", "--lines", "2").splitlines()) == 2


def mistakes(films):
    for words in ([], ["dance"], ["reset"], ["reset", "a", "b"], ["list", "--what"], ["audit", "--lines", "none"]):
        said = run(films, *words, status=USAGE)
        assert said.startswith("cutroom accounts: "), said
    empty = pathlib.Path(tempfile.mkdtemp(prefix="cutroom-nobody-"))
    try:
        assert "no accounts here" in run(empty, "list", status=MISSING)
        assert list(empty.iterdir()) == []
        assert "no such folder" in run(empty / "films", "invite", status=MISSING)
        # The first account can be made before the first start, for nobody else's eyes.
        run(empty, "add", "owner", "--admin", typed=PASSWORD + "\n")
        mode = (empty / "accounts.sqlite").stat().st_mode
        assert stat.S_IMODE(mode) == 0o600, oct(mode)
    finally:
        shutil.rmtree(empty)


def main():
    server = Server(PROGRAM)
    films = server.folder / "films"
    try:
        owner = first_person(server)
        mina, tolu = joins(server, films)
        resets(server, films, mina)
        keeps_out(server, films, mina, tolu)
        logs(films, roles(films, owner, mina))
        mistakes(films)
        server.stop()
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.communicate()
        server.log.close()
        shutil.rmtree(server.folder)


main()
