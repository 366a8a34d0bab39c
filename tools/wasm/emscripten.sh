# Finds Emscripten, or makes one in the cache. Sets $emscripten to the folder that holds emcc.
# Sourced by tools/toolchain.

emscripten_oldest=3.1.60
# What a private Emscripten is made of: Debian 13's packages over Debian 12's clang.
emscripten_packages=(emscripten binaryen node-acorn libc6 libstdc++6 libgcc-s1)
emscripten_compiler=(clang-19 lld-19 llvm-19)

emscripten_version() { # a folder with emcc
    "$1/emcc" --version 2>/dev/null | sed -nE '1s/.* ([0-9]+\.[0-9]+\.[0-9]+).*/\1/p'
}

emscripten_is_new_enough() { # a folder with emcc
    local version
    [ -x "$1/emcc" ] || return 1
    version=$(emscripten_version "$1")
    [ -n "$version" ] && dpkg --compare-versions "$version" ge "$emscripten_oldest"
}

# The folder of the emcc that is there already, if any: $EMSDK's, the one on the PATH, the system's.
emscripten_present() {
    local candidate
    for candidate in "${EMSDK:+$EMSDK/upstream/emscripten}" \
        "$(dirname "$(readlink -f "$(command -v emcc || echo /nowhere/emcc)")")" \
        /usr/share/emscripten; do
        if [ -n "$candidate" ] && emscripten_is_new_enough "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}

# True when this machine's own packages have an Emscripten that will do.
emscripten_is_packaged() {
    local version
    version=$(apt-cache policy emscripten 2>/dev/null | awk '/Candidate:/ { print $2 }')
    [ -n "$version" ] && [ "$version" != "(none)" ] &&
        dpkg --compare-versions "$version" ge "$emscripten_oldest"
}

# Binaryen's programs need the newer libc that lies beside them.
emscripten_wrap() { # the prefix
    local prefix=$1 library loader program
    library=$(dirname "$(find "$prefix/usr/lib" -name libc.so.6)")
    loader=$(find "$library" -name 'ld-linux*.so.*' | head -n 1)
    [ -x "$loader" ] || fail "Debian 13's libc6 holds no program loader where one was expected"
    mkdir -p "$prefix/binaryen/bin"
    for program in "$prefix"/usr/bin/wasm*; do
        printf '#!/bin/sh\nexec "%s" --library-path "%s" "%s" "$@"\n' "$loader" "$library" "$program" \
            >"$prefix/binaryen/bin/$(basename "$program")"
    done
    chmod +x "$prefix"/binaryen/bin/*
}

emscripten_unpack() { # the prefix
    local prefix=$1 downloads package
    downloads=$(mktemp -d "$cache/download.XXXXXX")
    (cd "$downloads" && archive_download "${emscripten_packages[@]}")
    for package in "$downloads"/*.deb; do
        dpkg -x "$package" "$prefix"
    done
    rm -rf "$downloads"
    emscripten_wrap "$prefix"
    # Its JavaScript optimiser looks for acorn beside itself. A plain copy: another node than Debian's
    # would look for its siblings where the link leads.
    mkdir -p "$prefix/usr/share/emscripten/node_modules"
    cp -rL "$prefix/usr/share/nodejs/acorn" "$prefix/usr/share/emscripten/node_modules/"
    # The file beside emcc is the one it reads when no variable names another.
    cat >"$prefix/usr/share/emscripten/.emscripten" <<CONFIG
LLVM_ROOT = '$(dirname "$(command -v clang-19)")'
BINARYEN_ROOT = '$prefix/binaryen'
NODE_JS = '$(command -v node)'
FROZEN_CACHE = True
CACHE = '$prefix/usr/share/emscripten/cache'
LLVM_ADD_VERSION = '19'
CLANG_ADD_VERSION = '19'
CONFIG
    # 70 MB of its own tests and manuals, but for the one test that `emcc --cflags` compiles.
    find "$prefix/usr/share/emscripten/test" -type f ! -path '*/test/hello_world.c' -delete
    rm -rf "$prefix/usr/share/doc" "$prefix/usr/share/emscripten/docs"
}

emscripten_make_private() {
    local prefix
    install_packages "${emscripten_compiler[@]}"
    prefix=$cache/emscripten-$(hash_of "$(cat "${BASH_SOURCE[0]}")" \
        "$(clang-19 --version)" "$(command -v node)")
    emscripten=$prefix/usr/share/emscripten
    [ ! -f "$prefix/complete" ] || return 0
    say "making a private Emscripten in $prefix"
    rm -rf "$prefix"
    mkdir -p "$prefix"
    emscripten_unpack "$prefix"
    emscripten_is_new_enough "$emscripten" ||
        fail "the private Emscripten in $prefix does not run: $("$emscripten/emcc" --version 2>&1 | tail -n 3)"
    touch "$prefix/complete"
}

emscripten_find() {
    need_node
    emscripten=$(emscripten_present)
    [ -z "$emscripten" ] || return 0
    if emscripten_is_packaged; then
        install_packages emscripten
        emscripten=$(emscripten_present)
        [ -n "$emscripten" ] || fail "the package emscripten is installed, but its emcc does not run"
        return
    fi
    emscripten_make_private
}

need_node() {
    local version
    version=$(node --version 2>/dev/null | tr -d v) ||
        fail "node is missing: run tools/packages, or install Node.js 18 or newer"
    [ "${version%%.*}" -ge 18 ] || fail "node $version is too old: Node.js 18 or newer is needed"
}
