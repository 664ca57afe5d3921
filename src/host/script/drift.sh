# Which apply was the last one, and what the host has lost since. The controller names each apply by a revision, a word of its own; one that heals
# what was lost has a new one. A file for each owner holds the checksum of the spec, the owner label of the networks on its links, addresses of others
# that were there at an apply, and all revisions, the last one at the end.
# Reads: $records, $revisions, $owner, $spec, $before. Prints: see the functions. May fail: as they say.

# Prints "revision WORD", none where nothing is known, "healed COUNT FIRST" for the revisions after the first, "manager WORDS" for whom the parent
# belongs to, and what drift.awk prints of a plan.
report_drift() {
  [ -e "$records/$owner" ] && [ -e "$revisions/$owner" ] || return 0
  awk '$1 == "revision" { count++; last = $2; if (count == 2) since = $2 } END { if (count) print "revision", last; if (count > 1) print "healed", count - 1, since }' "$revisions/$owner"
  nic=$(part "$spec" parent)
  nic=${nic%% *}
  manager_of "$nic" | sed "s|^|manager $nic belongs to |"
  # A spec that has changed is no drift.
  [ "$(sed -n 's/^spec //p' "$revisions/$owner")" = "$(checksum)" ] || return 0
  run_awk "$drift_awk" "$before" "$1
$(sed -n 's/^foreign /known /p' "$revisions/$owner")"
  report_routing "$(own_notes "$before")"
  report_return
}

# Addresses of others on our links in an observation or at an earlier apply: that of a virtual router comes and goes.
foreign_addresses() {
  {
    sed -n 's/^foreign //p' "$revisions/$owner" 2>/dev/null
    run_awk "$drift_awk" "$1" '' | sed -n 's/^drift \([^ ]*\) foreign none -- /\1 /p'
  } | awk '!seen[$0]++ { print "foreign " $0 }' | tail -n 99
}

checksum() { printf '%s\n' "$spec" | cksum; }

# Arguments: the revision, an observation. May fail: when the folder cannot be written to.
write_revision() {
  [ "$1" != "$(sed -n '$s/^revision //p' "$revisions/$owner" 2>/dev/null)" ] && new="revision $1" || new=
  mkdir -p "$revisions" &&
    put "$revisions/$owner" "$(echo "spec $(checksum)"; [ -z "$label" ] || echo "label $label"; foreign_addresses "$2"; grep '^revision ' "$revisions/$owner" 2>/dev/null | tail -n 99; [ -z "$new" ] || echo "$new")"
}

drop_revision() {
  drop "$revisions/$owner"
  rmdir "$revisions" 2>/dev/null || true
  drop_report
}
