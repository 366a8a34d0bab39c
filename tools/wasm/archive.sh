# Debian's archive as this machine's own mirror serves it, read by apt itself with lists of its own:
# nothing on the system changes, and apt checks every signature and hash. Sourced by tools/toolchain.

archive=$cache/archive
# Debian 13; and 12, whose older sources serve where a mirror has lost the newer ones.
archive_suites=(trixie trixie-updates bookworm)

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
        [ "$suite" = bookworm ] ||
            printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "$mirror" "$suite" >>"$archive/sources.list"
        printf 'deb-src [signed-by=%s] %s %s main\n' "$keyring" "$mirror" "$suite" >>"$archive/sources.list"
    done
    say "reading the lists of Debian's packages"
    archive_apt update >"$archive/log" 2>&1 || {
        tail -n 10 "$archive/log" >&2
        fail "the lists of Debian's packages cannot be fetched or their signatures are wrong (see above)"
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

# Everything the signed lists say of a source package, a line a file: version, folder, SHA-256, name.
archive_files() { # package
    local list
    archive_apt indextargets --format '$(FILENAME)' 'Created-By: Sources' | while read -r list; do
        [ ! -f "$list" ] || /usr/lib/apt/apt-helper cat-file "$list"
    done | awk -v package="$1" '
        /^Package: / { is = $2 == package }
        /^[^ ]/ { hashes = 0 }
        is && /^Version: / { version = $2 }
        is && /^Directory: / { folder = $2 }
        is && /^Checksums-Sha256:/ { hashes = 1; next }
        is && hashes { line[++count] = $1 " " $3 }
        /^$/ { for (i = 1; i <= count; i++) print version, folder, line[i]; count = 0; is = 0 }
        END { for (i = 1; i <= count; i++) print version, folder, line[i] }'
}

# The versions to try: the wanted one, then newer and older ones, newest first.
archive_versions() { # wanted version, lines of archive_files
    {
        awk -v wanted="$1" '$1 == wanted { print $1; exit }' <<<"$2"
        awk '{ print $1 }' <<<"$2" | sort -rV
    } | awk 'NF && !seen[$0]++'
}

# One file of a source package into the current folder. apt checks its hash.
archive_fetch() { # folder on the mirror, SHA-256, name
    /usr/lib/apt/apt-helper -o APT::Sandbox::User=root download-file "$(archive_mirror)/$1/${3//+/%2b}" "$3" "SHA256:$2" \
        >"$archive/log" 2>&1
}

# Downloads one version of a source package and unpacks it here, with Debian's patches unless it needs
# none ([upstream_alone]). False when the mirror lacks a file of it.
archive_unpack() { # version, lines of archive_files
    local folder hash name part patch
    while read -r _ folder hash name; do
        case $name in
        *.dsc | *.asc) continue ;;
        *.debian.tar.*) [ "${upstream_alone:-}" != yes ] || continue ;;
        esac
        archive_fetch "$folder" "$hash" "$name" || return 1
        # A component of the source lies in a folder of its name.
        part=$(sed -nE 's/.*\.orig-(.*)\.tar\..*/\1/p' <<<"$name")
        mkdir -p "./$part"
        case $name in
        *.orig*) tar -xf "$name" -C "./$part" --strip-components=1 ;;
        *) tar -xf "$name" ;;
        esac || return 1
    done < <(awk -v version="$1" '$1 == version && !seen[$4]++' <<<"$2" | sort -k 4,4r)
    [ -f debian/patches/series ] || return 0
    for patch in $(sed 's/#.*//' debian/patches/series); do
        patch -s -f -p1 -i "debian/patches/$patch" || return 1
    done
}

# Puts a source package into a new folder: the wanted version, or the nearest that the mirror serves.
# Sets $taken to the version.
archive_source() { # package, wanted version, folder
    local files version
    archive_update
    files=$(archive_files "$1")
    [ -n "$files" ] || fail "Debian's archive has no source package $1"
    for version in $(archive_versions "$2" "$files"); do
        rm -rf "$3"
        mkdir -p "$3"
        if (cd "$3" && archive_unpack "$version" "$files" >"$archive/unpack.log" 2>&1); then
            taken=$version
            [ "$version" = "$2" ] || say "$1 $2 cannot be had from this machine's mirror: taking $version"
            return 0
        fi
    done
    cat "$archive/log" "$archive/unpack.log" >&2
    fail "this machine's mirror serves no whole source of $1 (wanted: $2)"
}
