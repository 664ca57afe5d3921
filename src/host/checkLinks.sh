# Runs the host script's check, or its staging, on each spec.
# Reads: $all, with the host script behind the line "-- vlan-trunk script ACTION KEEP SUDO" and each spec behind a line "-- vlan-trunk spec"; SSH_CONNECTION.
# Prints: for each spec "links NUMBER STATUS" and the words of the script as "words NUMBER TEXT", behind the marker of probe.sh.
# Fails: never; the status is that of the script.
section() { printf '%s\n' "$all" | awk -v wanted="$1" '/^-- vlan-trunk (script|spec)/ { at++; next } at == wanted'; }
# shellcheck disable=SC2046 # ACTION KEEP SUDO
set -- $(printf '%s\n' "$all" | sed -n 's/^-- vlan-trunk script //p')
action=$1 keep=$2 sudo=$3
[ "$sudo" = sudo ] && sudo='sudo -n' || sudo=
[ "$keep" != - ] || keep=
script=$(section 1)
number=0
count=$(printf '%s\n' "$all" | grep -c '^-- vlan-trunk spec')
while [ "$number" -lt "$count" ]; do
  # Not as an argument, which sudo would log. The script comes first, so that no line of a spec is taken for it.
  # shellcheck disable=SC2016,SC2086 # expanded by the inner shell; two words
  said=$({ printf '%s\n' "$script" '-- spec'; section $((number + 2)); } |
    $sudo sh -c 'all=$(cat); script=$(printf "%s\n" "$all" | sed -n "/^-- spec/q;p"); spec=$(printf "%s\n" "$all" | sed "1,/^-- spec/d"); eval "$script"' \
      vlan-trunk "$action" "${SSH_CONNECTION:-}" "$keep" 2>&1)
  fact links "$number" $?
  [ -z "$said" ] || printf '%s\n' "$said" | sed "s/^/vlan-trunk-probe words $number /"
  number=$((number + 1))
done
