# Debian 13's archive as this machine's own mirror serves it, read by apt itself with lists of its own:
# nothing on the system changes, and apt checks every signature and hash. Sourced by tools/toolchain.

archive=$cache/archive
archive_suites=(trixie trixie-updates)

# The mirror that this machine's own apt uses for Debian, in either form of source list.
archive_mirror() {
    local mirror
    if [ -n "${CUTROOM_DEBIAN_MIRROR:-}" ]; then
        printf '%s\n' "${CUTROOM_DEBIAN_MIRROR%/}"
        return
    fi
    mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' |
        awk '$2 ~ /^(bookworm|trixie|forky|oldstable|stable|testing|sid|unstable)$/ && $1 ~ /debian\/?$/ {
            sub(/\/$/, "", $1); print $1; exit }')
    [ -n "$mirror" ] || fail "this machine's apt names no Debian mirror: put a Debian 13 mirror's address" \
        "into CUTROOM_DEBIAN_MIRROR, or install Emscripten 3.1.60 or newer and the libraries' sources by hand"
    printf '%s\n' "$mirror"
}

# apt-get with the private lists. The machine's own configuration (proxies, certificates) stays.
archive_apt() {
    apt-get -qq -o Dir::Etc::sourcelist="$archive/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::Etc::preferencesparts=/dev/null -o Dir::State::lists="$archive/lists" \
        -o Dir::Cache="$archive/cache" -o Dir::State::status="$archive/status" \
        -o APT::Sandbox::User=root -o Acquire::Languages=none -o APT::Get::List-Cleanup=0 "$@"
}

# Fetches the lists once a run, and only when something has to be fetched at all.
archive_update() {
    [ -z "${archive_is_fresh:-}" ] || return 0
    local keyring=/usr/share/keyrings/debian-archive-keyring.gpg mirror suite
    [ -f "$keyring" ] || install_packages debian-archive-keyring
    [ -f "$keyring" ] || fail "$keyring is missing, so Debian's signatures cannot be checked"
    mirror=$(archive_mirror)
    mkdir -p "$archive/lists/partial" "$archive/cache/archives/partial"
    : >"$archive/status"
    : >"$archive/sources.list"
    for suite in "${archive_suites[@]}"; do
        printf '%s [signed-by=%s] %s %s main\n' deb "$keyring" "$mirror" "$suite" \
            deb-src "$keyring" "$mirror" "$suite" >>"$archive/sources.list"
    done
    say "reading the list of Debian 13's packages"
    archive_apt update >"$archive/log" 2>&1 || {
        tail -n 10 "$archive/log" >&2
        fail "the lists of Debian 13's packages cannot be fetched or their signatures are wrong (see above)"
    }
    archive_is_fresh=yes
}

# Downloads binary packages into the current folder.
archive_download() {
    archive_update
    archive_apt download "$@" >"$archive/log" 2>&1 || {
        tail -n 10 "$archive/log" >&2
        fail "cannot download $* from Debian 13's archive (see above)"
    }
}

# The version of a source package to take: the pinned one, or when a security or point release has
# replaced it the newest of the same upstream series ("7:7.1." for 7:7.1.5-0+deb13u1).
archive_source_version() { # package, pinned version
    local offered series newest
    archive_update
    offered=$(archive_apt indextargets --format '$(FILENAME)' 'Created-By: Sources' |
        while read -r list; do [ ! -f "$list" ] || /usr/lib/apt/apt-helper cat-file "$list"; done |
        awk -v wanted="$1" '/^Package: / { is = $2 == wanted } is && /^Version: / { print $2 }')
    if grep -qxF -- "$2" <<<"$offered"; then
        printf '%s\n' "$2"
        return
    fi
    series=$(sed -E 's/^(([0-9]+:)?[0-9]+\.[0-9]+).*/\1/' <<<"$2")
    newest=$(grep -E "^${series//./\\.}([^0-9]|$)" <<<"$offered" | while read -r version; do
        [ -n "${best:-}" ] && dpkg --compare-versions "$version" lt "$best" || best=$version
        echo "$best"
    done | tail -n 1)
    [ -n "$newest" ] || fail "Debian 13 no longer has $1 $2, nor another $series; it has:" $offered
    say "Debian 13 has replaced $1 $2 by $newest: taking that" >&2
    printf '%s\n' "$newest"
}

# Downloads a source package and unpacks it, with Debian's patches, into a folder that must not be there.
archive_source() { # package, version, folder
    local downloads
    archive_update
    downloads=$(mktemp -d "$cache/download.XXXXXX")
    (cd "$downloads" && archive_apt source --download-only "$1=$2") >"$archive/log" 2>&1 || {
        tail -n 10 "$archive/log" >&2
        fail "cannot download the source of $1 $2 (see above)"
    }
    # apt has checked the hashes against the signed lists already.
    dpkg-source --no-check -x "$downloads"/*.dsc "$3" >"$archive/log" 2>&1 || {
        tail -n 10 "$archive/log" >&2
        fail "cannot unpack the source of $1 $2 (see above)"
    }
    rm -rf "$downloads"
}
