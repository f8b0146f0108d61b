#!/bin/sh
# Runs every command of the author's guide in an empty folder, one after the other, and looks whether each excerpt stands
# in the project that they made. usage: guide.sh GUIDE PROGRAM SDK WORK
set -e
guide=$1 program=$2 sdk=$3 work=$4
rm -rf "$work"
mkdir -p "$work/bin" "$work/blocks" "$work/desk"
ln -s "$program" "$work/bin/touchline"
PATH="$work/bin:$PATH"
CMAKE_PREFIX_PATH=$sdk
PKG_CONFIG_PATH=$sdk/lib/pkgconfig:$sdk/lib64/pkgconfig
export PATH CMAKE_PREFIX_PATH PKG_CONFIG_PATH

# Each block becomes a file NN.LANGUAGE, the comment before it NN.LANGUAGE.mark.
awk -v out="$work/blocks" '
    /^<!-- .* -->$/ { mark = substr($0, 6, length($0) - 9); next }
    /^```[a-z]+$/ && !inside { inside = 1; file = sprintf("%s/%02d.%s", out, ++n, substr($0, 4)); printf "%s", mark > (file ".mark"); mark = ""; printf "" > file; next }
    /^```$/ && inside { inside = 0; close(file); next }
    inside { print > file }
' "$guide"

cd "$work/desk"
commands=0 excerpts=0
for block in "$work"/blocks/*.sh; do
    case $(cat "$block.mark") in "not run"*) continue ;; esac
    # In this shell, because the first one changes the folder.
    . "$block" >"$work/printed" 2>&1 || { echo "$block:"; cat "$block" "$work/printed"; exit 1; }
    commands=$((commands + $(wc -l <"$block")))
done
for block in "$work"/blocks/*.json "$work"/blocks/*.cpp; do
    file=$(cat "$block.mark")
    # Line by line, in order, without a gap.
    awk 'NR == FNR { want[++n] = $0; next } { have[++m] = $0 }
         END { for (i = 0; i + n <= m; ++i) { for (k = 1; k <= n && want[k] == have[i + k]; ++k); if (k > n) exit 0 } exit 1 }' \
        "$block" "$file" || { echo "$block is not in $file:"; cat "$block"; exit 1; }
    excerpts=$((excerpts + 1))
done
[ "$commands" -ge 15 ] && [ "$excerpts" -ge 4 ] || { echo "the guide has lost its blocks"; exit 1; }
echo "$commands commands ran, $excerpts excerpts were found"
