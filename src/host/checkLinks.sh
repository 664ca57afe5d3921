# Runs the host script's check, or its staging, on each spec.
# Reads: host_script, the host script as a function; of the data the line "-- vlan-trunk script ACTION KEEP SUDO COUNT", and each spec behind a line
#   "-- vlan-trunk spec"; SSH_CONNECTION.
# Prints: for each spec "links NUMBER STATUS" and the words of the script as "words NUMBER TEXT", behind the marker of probe.sh.
# Fails: never; the status is that of the script.
lines=$(data)
# shellcheck disable=SC2046 # ACTION KEEP SUDO COUNT
set -- $(printf '%s\n' "$lines" | sed -n 's/^-- vlan-trunk script //p;1q')
action=$1 keep=$2 sudo=$3 count=$4
[ "$keep" != - ] || keep=
spec_of() { printf '%s\n' "$lines" | awk -v wanted="$1" '/^-- vlan-trunk spec/ { at++; next } at == wanted'; }
check_spec() {
  if [ "$sudo" != sudo ]; then
    host_script "$action" "${SSH_CONNECTION:-}" "$keep"
  else
    # Not as an argument, which sudo would log. The script comes first, so that no line of a spec is taken for it.
    # shellcheck disable=SC2016 # expanded by the inner shell
    printf '%s\n' "$script" '-- spec' "$spec" |
      sudo -n sh -c 'all=$(sed "/^-- spec/,$ s/^/#/"); spec=$(printf "%s\n" "$all" | sed "1,/^#-- spec/d; s/^#//"); eval "$all"; host_script "$@"' \
        vlan-trunk "$action" "${SSH_CONNECTION:-}" "$keep"
  fi
}
script=
[ "$sudo" != sudo ] || script=$(printf '%s\n' "$all" | sed -n '/^host_script() {$/,$p; /^# -- vlan-trunk script ends$/q'; echo '}')
number=0
while [ "$number" -lt "$count" ]; do
  said=$({ spec=$(spec_of $((number + 1))); check_spec; } 2>&1)
  fact links "$number" $?
  [ -z "$said" ] || printf '%s\n' "$said" | facts_of "words $number"
  number=$((number + 1))
done
