#!/usr/bin/env bash
# Checks an evidence pack with nothing but bash, openssl (3 or newer) and sha256sum:
#
#     bash verify.sh [--tsa-ca FILE] KEY [FOLDER] ["LOG ENTRIES ROOT" ...]
#
# KEY is the verifier key that you trust (name+id+key), the one with which the log began. A change of the key is followed by itself; only
# where a key was lost, the one that came after it has to be named as well, behind a comma: KEY,KEY. FOLDER is the unpacked pack; without it,
# the folder of this file. What stands on a printed report can be given as well: the log, its entries, and the digits of its root. FILE has the
# certificates (PEM) that you trust to vouch for a time stamp authority; without it the signatures of time stamps are not checked. It checks the signatures, the list of files, and that
# the leaves lead to every signed root; the tables and the names are compared with the leaves by kokoroe verify and by verify.py. A thousand leaves
# take about ten seconds. A pack that is a part of a log has a proof for each leaf instead; what only the whole log can show is not shown by it.
# What paper says of an earlier state of it is compared by the way from one checkpoint to the next: some seconds for a hundred checkpoints.
# Read this before you run it: whoever could alter the pack could alter this file as well.
#
# 証跡パックを、bashとopenssl、sha256sumだけで検証します。署名、ファイルの一覧、証跡のルートを確かめます。
# この検証プログラム自体も同じファイルに入っています。実行する前に中身を読むか、別に保管した写しを使います。
set -u
export LC_ALL=C

ca=
if [ "${1:-}" = --tsa-ca ] && [ $# -ge 2 ]; then
    ca=$(realpath -e "$2") || exit 2
    shift 2
fi
[ $# -ge 1 ] || { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "$0" >&2; exit 2; }
IFS=, read -ra keys <<<"$1"
folder=${2:-$(dirname "$0")}
shift $(($# < 2 ? $# : 2))
cd "$folder" || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
faults=0
fault() { printf '%s\n' "$1"; faults=$((faults + 1)); }

# signed NOTE KEY: writes the text that the key signed to $work/text (C2SP signed note: the text, an empty line, the signatures).
signed() {
    local line value name=${2%%+*} public=${2#*+}
    public=${public#*+}
    # The 32 bytes of the key behind the head that says "an Ed25519 key" (RFC 8410).
    { printf '\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00'; printf '%s\n' "$public" | openssl base64 -d -A | tail -c 32; } >"$work/key"
    sed '/^$/,$d' "$1" >"$work/text"
    while read -r line; do
        case $line in "— $name "*) ;; *) continue ;; esac
        value=${line##* }
        printf '%s\n' "$value" | openssl base64 -d -A | tail -c +5 >"$work/signature"
        openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key" -rawin -in "$work/text" -sigfile "$work/signature" \
            >/dev/null 2>&1 && return 0
    done <"$1"
    return 1
}

# A part of a log has the proofs of its leaves. Its own leaves tell no key: the notes in keys/ lead from the first one to the last.
part=
leaves=leaves.ndjson
what=manifest
if [ -f part.ndjson ]; then
    part=yes
    leaves=part.ndjson
    what=part
fi

# From which size on which key signs. Where two of them meet, both do.
starts=(0)
signers=("${keys[0]}")
while IFS=: read -r line leaf; do
    starts+=("$line")
    signers+=("$(printf '%s' "$leaf" | sed 's/.*"vkey":"\([^"]*\)".*/\1/')")
done < <([ -n "$part" ] || grep -n '"k":"key.rotate"' leaves.ndjson)
heirs=("${signers[-1]}")
for ((number = 1; ; number++)); do
    note=keys/$number.note
    [ -f "$note" ] || break
    if signed "$note" "${heirs[-1]}" && { read -r _; read -r change; read -r heir; } <"$work/text" && [ "$change" = "key change" ] &&
        signed "$note" "$heir"; then
        heirs+=("$heir")
    else
        fault "$note: the key is not handed over by the one before"
        break
    fi
done

# Every file is the one that the signed list names.
log=$(sed 's/.*"log":"\([^"]*\)".*/\1/' manifest.json)
sum=$(openssl dgst -sha256 -binary manifest.json | openssl base64 -A)
listed=
for signer in "${heirs[@]}" "${keys[@]:1}"; do
    signed manifest.note "$signer" && [ "$(cat "$work/text")" = "$log"$'\n'"$what"$'\n'"$sum" ] && listed=yes
done
[ -n "$listed" ] || fault "manifest.note: the list of files is not signed by this key"
sed 's/},{/\n/g;s/.*"files":\[{//;s/}\].*//' manifest.json | sed 's/"name":"\(.*\)","sha256":"\(.*\)"/\2  \1/' >"$work/sums"
[ -n "$(tail -c 1 "$work/sums")" ] && echo >>"$work/sums"
sha256sum --check --quiet "$work/sums" >"$work/told" 2>&1 || while read -r line; do fault "$line"; done <"$work/told"
find . -type f ! -name manifest.json ! -name manifest.note | sed 's/^..//' | sort >"$work/found"
sed 's/^[^ ]*  //' "$work/sums" | sort | comm -13 - "$work/found" >"$work/told"
while read -r line; do fault "$line: not in the list"; done <"$work/told"

# What was signed, and what somebody has on paper: size and root in hexadecimal digits.
declare -A roots
most=0
# due NOTE: each key signed it whose turn it was. The checkpoint of a part: one of the keys that follow each other.
due() {
    local size=${1##*/} i signer
    if [ -n "$part" ]; then
        for signer in "${heirs[@]}" "${keys[@]:1}"; do signed "$1" "$signer" && return 0; done
        return 1
    fi
    size=${size%.note}
    for ((i = 0; i < ${#starts[@]}; i++)); do
        [ "$size" -ge "${starts[i]}" ] && { [ -z "${starts[i + 1]:-}" ] || [ "$size" -le "${starts[i + 1]}" ]; } || continue
        signed "$1" "${signers[i]}" || return 1
    done
}
for note in checkpoints/*.note; do
    if due "$note" && { read -r origin; read -r size; read -r root; } <"$work/text" && [ "$origin" = "$log" ]; then
        roots[$size]="${roots[$size]:-} $(printf '%s\n' "$root" | openssl base64 -d -A | od -An -tx1 | tr -d ' \n')"
        [ "$size" -gt "$most" ] && most=$size
    else
        fault "$note: not a checkpoint of this log, or not signed by this key"
    fi
done
for paper; do
    read -r origin size root <<<"$paper"
    root=$(printf '%s' "$root" | tr 'A-F' 'a-f')
    if [ "$origin" = "$log" ] && [ "${#root}" -ge 32 ]; then
        roots[${size//,/}]="${roots[${size//,/}]:-} $root"
    else
        fault "$paper: not of this log, or fewer than 32 digits of its root"
    fi
done

# node LEFT RIGHT: the hash of two subtrees (RFC 6962: 0x01 before a node), all of it in hexadecimal digits.
node() {
    local bytes='\x01' digits=$1$2 i
    for ((i = 0; i < 128; i += 2)); do bytes+="\\x${digits:i:2}"; done
    # shellcheck disable=SC2059
    node=$(printf "$bytes" | sha256sum)
    node=${node%% *}
}

# push HASH LEAVES: adds a perfect subtree of so many leaves to $peaks, the roots of those before it. $grown is the number of leaves.
peaks=()
grown=0
push() {
    local below
    node=$1
    for ((below = grown / $2; below & 1; below >>= 1)); do
        node "${peaks[-1]}" "$node"
        unset 'peaks[-1]'
    done
    peaks+=("$node")
    grown=$((grown + $2))
}

# top: the root over $peaks, as $node.
top() {
    local i
    node=${peaks[-1]}
    for ((i = ${#peaks[@]} - 2; i >= 0; i--)); do node "${peaks[i]}" "$node"; done
}

# hex: base64 on standard input as hexadecimal digits.
hex() { openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n'; }

size=0
if [ -n "$part" ]; then
    # Each leaf is the one of its number in the log that the one checkpoint signs (RFC 9162, 2.1.3.2). The proofs are taken apart first.
    note=checkpoints/$most.note
    [ "$(ls checkpoints/*.note | wc -l)" = 1 ] || fault "a part has one checkpoint"
    read -r root _ <<<"${roots[$most]:-none}"
    signs=$(wc -l <"$note")
    last=-1
    exec 3<proofs.txt
    while IFS= read -r leaf; do
        size=$((size + 1))
        IFS= read -r first <&3
        IFS= read -r at <&3
        at=${at#index }
        node=$({ printf '\x00'; printf '%s' "$leaf"; } | sha256sum)
        node=${node%% *}
        right=yes
        [ "$first" = c2sp.org/tlog-proof@v1 ] && [[ $at =~ ^(0|[1-9][0-9]{0,17})$ ]] && [ "$at" -gt "$last" ] && [ "$at" -lt "$most" ] || right=
        [ -n "$right" ] && last=$at
        here=${right:+$at}
        here=${here:-0}
        end=$((most - 1))
        while IFS= read -r sibling <&3 && [ -n "$sibling" ]; do
            sibling=$(printf '%s' "$sibling" | hex)
            [ "$end" -gt 0 ] && [ "${#sibling}" = 64 ] || { right=; continue; }
            if [ $((here & 1)) = 1 ] || [ "$here" = "$end" ]; then
                node "$sibling" "$node"
                while [ $((here & 1)) = 0 ] && [ "$here" -gt 0 ]; do here=$((here >> 1)); end=$((end >> 1)); done
            else
                node "$node" "$sibling"
            fi
            here=$((here >> 1))
            end=$((end >> 1))
        done
        for ((line = 0; line < signs; line++)); do IFS= read -r said <&3 && printf '%s\n' "$said"; done | cmp -s - "$note" || right=
        [ -n "$right" ] && [ "$end" = 0 ] && [ "$node" = "$root" ] || fault "leaf $at is not the one of that number in the log that was signed"
    done <"$leaves"
    read -r said <&3 && fault "there are more proofs than leaves"
    exec 3<&-
    # The way from one checkpoint to the next: behind each size the roots of the subtrees since the one before, the largest that fit.
    declare -A known
    if [ "${#roots[@]}" -gt 1 ] && [ -f beginnings.txt ]; then
        while read -r until parts; do
            [[ $until =~ ^[1-9][0-9]{0,17}$ ]] || until=0
            for subtree in $parts; do
                fits=1
                while [ $((grown & fits)) = 0 ] && [ $((fits * 2)) -le $((until - grown)) ]; do fits=$((fits * 2)); done
                push "$(printf '%s' "$subtree" | hex)" "$fits"
            done
            [ "$grown" = "$until" ] || { fault "beginnings.txt: $until does not follow"; break; }
            if [ -n "${roots[$grown]:-}" ]; then
                top
                known[$grown]=$node
            fi
        done <beginnings.txt
        [ "${known[$most]:-}" = "$root" ] || { fault "beginnings.txt does not lead to the root that was signed"; known=(); }
    fi
    known[$most]=$root
    for left in "${!roots[@]}"; do
        for kept in ${roots[$left]}; do
            if [ -z "${known[$left]:-}" ]; then
                echo "NOT CHECKED: a checkpoint of $left leaves can be compared with the whole log alone"
            else
                case ${known[$left]} in "$kept"*) ;; *) fault "the log of $left leaves is not the one that was signed" ;; esac
            fi
        done
    done
    # Whose they are: each names one of the ids, but for how the log began and went on.
    tr ' ' '\n' <people.txt | sed '/^$/d' >"$work/ids"
    while read -r leaf; do fault "a leaf of nobody in people.txt: ${leaf:0:160}"; done \
        < <(grep -vE '"k":"(log\.open|epoch\.recover|key\.rotate)","log"' "$leaves" | grep -vFf "$work/ids")
else
    while IFS= read -r leaf; do
        node=$({ printf '\x00'; printf '%s' "$leaf"; } | sha256sum)
        push "${node%% *}" 1
        size=$grown
        if [ -n "${roots[$size]:-}" ]; then
            top
            for root in ${roots[$size]}; do
                case $node in "$root"*) ;; *) fault "the first $size leaves are not those that were signed" ;; esac
            done
            unset "roots[$size]"
        fi
    done <"$leaves"
    for left in "${!roots[@]}"; do fault "$left leaves were signed, and there are $size"; done
    [ "$most" = "$size" ] || fault "$size leaves, but the last checkpoint signs $most"
fi

# Each time stamp (RFC 3161) is of its checkpoint, not older than its newest leaf, and not older than the one before it. Its signature is
# looked at as of the time that was stamped: certificates expire, and packs are read long afterwards.
stamps=0
last=0
seconds() { date -u -d "$1" +%s 2>/dev/null || echo 0; }
while read -r at; do
    stamp=checkpoints/$at.tsr
    note=checkpoints/$at.note
    stamps=$((stamps + 1))
    openssl ts -reply -in "$stamp" -text >"$work/said" 2>/dev/null
    imprint=$(sed -n '/^Message data:/,/^Serial/s/^ *[0-9a-f]\{4\} - \(.\{47\}\).*/\1/p' "$work/said" | tr -d ' \n-')
    time=$(seconds "$(sed -n '/^Time stamp:/{s/^Time stamp: //;s/\.[0-9]*//;p}' "$work/said")")
    sum=$(sha256sum "$note" 2>/dev/null)
    if [ "$imprint" != "${sum%% *}" ]; then
        fault "$stamp: not a time stamp of the checkpoint beside it"
        continue
    fi
    if [ -n "$part" ]; then leaf=$(tail -n 1 "$leaves"); else leaf=$(sed -n "${at}p" "$leaves"); fi
    leaf=${leaf#*\",\"at\":\"}
    [ "$time" -ge "$last" ] || fault "$stamp: older than the time stamp before it"
    [ $((time + 60)) -ge "$(seconds "${leaf%%\"*}")" ] || fault "$stamp: older than a leaf that it covers"
    last=$time
    [ -z "$ca" ] || openssl ts -verify -data "$note" -in "$stamp" -CAfile "$ca" -attime "$time" >/dev/null 2>&1 ||
        fault "$stamp: its signature does not lead to a certificate that you trust"
done < <(find checkpoints -name '*.tsr' | sed 's/.*\///;s/\.tsr$//' | sort -n)

if [ "$faults" -gt 0 ]; then
    echo "NOT WHOLE 相違があります: $faults" >&2
    exit 1
fi
if [ -n "$part" ]; then
    echo "OK, A PART of $log: $size leaves, each proved under the checkpoint of $most. That none is left out, only the whole pack shows."
    echo "一部として相違はありません。ほかに記録がないことは、全体の証跡パックでなければわかりません。"
else
    echo "OK $log: $size leaves, $(ls checkpoints/*.note | wc -l) checkpoints, $stamps time stamps 相違はありません"
fi
if [ "$stamps" -gt 0 ] && [ -z "$ca" ]; then
    echo "THE SIGNATURES OF THE TIME STAMPS WERE NOT CHECKED: --tsa-ca FILE タイムスタンプの署名は確かめていません"
fi
