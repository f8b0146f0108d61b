#!/bin/sh
# Tries each example of the page about mappings, and looks whether the author's pages lead only to pages that are installed
# with them. usage: mappings.sh DOCS PROGRAM WORK
set -e
docs=$1 program=$2 work=$3
rm -rf "$work"
mkdir -p "$work"
awk -v out="$work" '
    /^```yaml$/ { inside = 1; file = sprintf("%s/%02d.yaml", out, ++n); next }
    /^```$/ { inside = 0; next }
    inside { print > file }
' "$docs/connectors/mappings.md"
set -- "$work"/*.yaml
[ $# -ge 2 ] || { echo "the page has lost its examples"; exit 1; }
for example; do grep -q '^tests:' "$example" || { echo "$example has no tests"; exit 1; }; done
"$program" mapping test "$@"

for page in "$docs"/connectors/*.md; do
    grep -o ']([^)]*)' "$page" | sed 's/^](//; s/)$//; s/#.*//' | while read -r link; do
        case $link in '' | http*) continue ;; esac
        case $(realpath -m "$docs/connectors/$link") in "$docs"/*) ;; *) echo "$page: $link is not installed"; exit 1 ;; esac
        [ -e "$docs/connectors/$link" ] || { echo "$page: there is no $link"; exit 1; }
    done
done
