# Which apply was the last one, and what the host has lost since. The controller names each apply by a revision, a word of its own; one that heals
# what was lost has a new one. A file for each owner holds the checksum of the spec, the owner label of the networks on its links, addresses of others
# that were there at an apply, and all revisions, the last one at the end.
# Reads: $records, $revisions, $owner, $spec, $before. Prints: see the functions. May fail: as they say.

# Prints "revision WORD", none where nothing is known, "healed COUNT FIRST" for the revisions after the first, "manager WORDS" for whom the parent
# belongs to, and what drift.awk prints of a plan.
report_drift() {
  [ -e "$records/$owner" ] && [ -e "$revisions/$owner" ] || return 0
  steps_to_spec=$1
  noted=$(cat "$revisions/$owner")
  # shellcheck disable=SC2046 # one word each
  set -- $(part "$noted" revision)
  for last; do :; done
  [ $# -lt 1 ] || echo "revision $last"
  [ $# -lt 2 ] || echo "healed $(($# - 1)) $2"
  nic=$(part "$spec" parent)
  nic=${nic%% *}
  manager_of "$nic" | sed "s|^|manager $nic belongs to |"
  # A spec that has changed is no drift.
  [ "$(part "$noted" spec)" = "$(checksum)" ] || return 0
  run_awk "$drift_awk" "$before" "$steps_to_spec
$(part "$noted" foreign | sed 's/^/known /')"
  report_routing "$(own_notes "$before")"
  report_return
}

# Addresses of others on our links in an observation or at an earlier apply, its second argument: that of a virtual router comes and goes.
foreign_addresses() {
  found=$(run_awk "$drift_awk" "$1" '')
  case $found$2 in *foreign*) ;; *) return 0 ;; esac
  {
    part "$2" foreign
    printf '%s\n' "$found" | sed -n 's/^drift \([^ ]*\) foreign none -- /\1 /p'
  } | awk '!seen[$0]++ { print "foreign " $0 }' | tail -n 99
}

checksum() { printf '%s\n' "$spec" | cksum; }

# Arguments: the revision, an observation. May fail: when the folder cannot be written to.
write_revision() {
  noted=
  [ ! -e "$revisions/$owner" ] || noted=$(cat "$revisions/$owner")
  all_revisions=$(part "$noted" revision)
  [ "${all_revisions##*
}" = "$1" ] || all_revisions="$all_revisions
$1"
  mkdir -p "$revisions" && put "$revisions/$owner" "$(
    echo "spec $(checksum)"
    [ -z "$label" ] || echo "label $label"
    foreign_addresses "$2" "$noted"
    # shellcheck disable=SC2086 # one word each
    printf 'revision %s\n' $all_revisions | tail -n 100
  )"
}

drop_revision() {
  drop "$revisions/$owner"
  rmdir "$revisions" 2>/dev/null || true
  drop_report
}
