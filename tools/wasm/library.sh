# Builds a library for WebAssembly from its recipe (tools/wasm/libraries/NAME) into a folder of the cache
# that is named after a hash of everything that goes into it. Sourced by tools/toolchain.
#
# A recipe is a few variables and a function:
#   package, version       Debian 13's source package
#   licence, licence_file  SPDX expression; the file in the source that holds the text
#   needs                  recipes that it is built upon
#   upstream_alone         "yes": Debian's patches touch nothing that is compiled here
#   build                  called in the unpacked source: compiles, installs into $prefix
# with these at hand: $prefix, $flags, compile, headers, describe.

recipes=$here/wasm/libraries
library_work=
# Everything is compiled for threads; the linker takes the same objects into a program without.
flags="-O3 -msimd128 -pthread"
jobs=$(nproc)

library_names() { (cd "$recipes" && printf '%s\n' *); }

# Prints one variable of a recipe.
library_say() { # name, variable
    (
        needs=() upstream_alone=
        . "$recipes/$1"
        eval "printf '%s\n' \"\${$2[*]}\""
    )
}

library_key() { # name
    local need keys=()
    for need in $(library_say "$1" needs); do
        keys+=("$(library_key "$need")")
    done
    hash_of "$(cat "$recipes/$1" "$here/wasm/library.sh")" "$emscripten_is" "${keys[@]}"
}

library_prefix() { # name
    printf '%s/wasm/%s-%s\n' "$cache" "$1" "$(library_key "$1")"
}

# Compiles some sources of the current folder into $prefix/lib/lib[name].a, all processors at once.
compile() { # name, further flags, sources…
    local archive=$prefix/lib/lib$1.a more=${2//$'\n'/ } source object objects=()
    shift 2
    {
        printf 'rule cc\n command = emcc -c %s %s -MD -MF $out.d $in -o $out\n depfile = $out.d\n' "$flags" "$more"
        printf 'rule ar\n command = rm -f $out && emar rcs $out $in\n'
        for source; do
            object=$library_work/objects/${source//\//_}.o
            printf 'build %s: cc %s\n' "$object" "$source"
            objects+=("$object")
        done
        printf 'build %s: ar %s\n' "$archive" "${objects[*]}"
    } >"$library_work/build.ninja"
    ninja -f "$library_work/build.ninja" -j "$jobs"
}

# Copies headers into a folder under $prefix/include.
headers() { # folder, files…
    local folder=$prefix/include/$1
    shift
    mkdir -p "$folder"
    cp "$@" "$folder/"
}

# Writes what pkg-config says of a module.
describe() { # module, version, libraries, further compiler flags, modules it needs
    mkdir -p "$prefix/lib/pkgconfig"
    cat >"$prefix/lib/pkgconfig/$1.pc" <<MODULE
prefix=$prefix
Name: $1
Description: $1 for WebAssembly
Version: $2
Requires: ${5:-}
Libs: -L\${prefix}/lib $3
Cflags: -I\${prefix}/include ${4:-}
MODULE
}

# The text that must go with the program: the licence, and who holds the rights by Debian's account.
library_keep_licence() {
    mkdir -p "$prefix/licence"
    cp "$licence_file" "$prefix/licence/"
    [ ! -f debian/copyright ] || cp debian/copyright "$prefix/licence/copyright"
    printf '%s\n' "$taken" >"$prefix/version"
}

library_build() { # name
    local name=$1 prefix need taken started=$SECONDS
    prefix=$(library_prefix "$name")
    [ ! -f "$prefix/complete" ] || return 0
    library_work=$(mktemp -d "$cache/build.XXXXXX")
    upstream_alone=$(library_say "$name" upstream_alone)
    archive_source "$(library_say "$name" package)" "$(library_say "$name" version)" "$library_work/source"
    rm -rf "$prefix"
    mkdir -p "$prefix/lib"
    (
        set -e
        needs=()
        . "$recipes/$name"
        cd "$library_work/source"
        PKG_CONFIG_LIBDIR=$(library_modules "${needs[@]}")
        PATH=$emscripten:$PATH
        export PATH PKG_CONFIG_LIBDIR
        library_keep_licence
        build
    ) >"$library_work/log" 2>&1 &
    # Waited for: before an "or", the shell would go on after an error inside.
    wait $! || {
        tail -n 40 "$library_work/log" >&2
        fail "$name $taken cannot be built (see above; $library_work holds everything)"
    }
    rm -rf "$library_work"
    touch "$prefix/complete"
    say "built $name $taken in $((SECONDS - started)) s"
}

# Where pkg-config finds some libraries and all that they need, for PKG_CONFIG_LIBDIR.
library_modules() { # names…
    local name path=
    for name in $(library_closure "$@"); do
        path=$path:$(library_prefix "$name")/lib/pkgconfig
    done
    # An empty list would mean pkg-config's own folders.
    printf '%s\n' "${path:-:/nowhere}" | cut -c 2-
}

# The names and everything that they need, each after what it needs.
library_closure() { # names…
    local name
    for name; do
        library_closure $(library_say "$name" needs)
        printf '%s\n' "$name"
    done | awk '!seen[$0]++'
}

library_build_all() {
    local name
    for name in $(library_closure $(library_names)); do
        library_build "$name"
    done
}
