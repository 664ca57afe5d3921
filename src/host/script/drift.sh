# Which apply was the last one, and what the host has lost since. The controller names each apply by a revision, a word of its own; one that heals
# what was lost has a new one. A file for each owner holds the checksum of the spec, and all revisions, the last one at the end.
# Reads: $records, $owner, $spec, $before. Prints: see the functions. May fail: as they say.

# Prints "revision WORD", none where nothing is known, "healed COUNT FIRST" for the revisions after the first, and what drift.awk prints of a plan.
report_drift() {
  [ -e "$records/$owner" ] && [ -e "$revisions/$owner" ] || return 0
  awk '$1 == "revision" { count++; last = $2; if (count == 2) since = $2 } END { if (count) print "revision", last; if (count > 1) print "healed", count - 1, since }' "$revisions/$owner"
  # A spec that has changed is no drift.
  [ "$(sed -n 's/^spec //p' "$revisions/$owner")" != "$(checksum)" ] || run_awk "$drift_awk" "$before" "$1"
}

checksum() { printf '%s\n' "$spec" | cksum; }

# May fail: when the folder cannot be written to.
write_revision() {
  [ "$1" != "$(sed -n '$s/^revision //p' "$revisions/$owner" 2>/dev/null)" ] && new="revision $1" || new=
  mkdir -p "$revisions" &&
    put "$revisions/$owner" "$(echo "spec $(checksum)"; grep '^revision ' "$revisions/$owner" 2>/dev/null | tail -n 99; [ -z "$new" ] || echo "$new")"
}

drop_revision() {
  rm -f "$revisions/$owner"
  rmdir "$revisions" 2>/dev/null || true
  drop_report
}
