# A power cut loses nothing of a run that has ended.
# Reads: $records, $revisions, $reports, $owner, $units, $unit. Prints: nothing. May fail: never.

# Folders too, since they hold the names; those above ours for what has been removed.
flush() {
  set --
  for file in /var/lib "$records" "$records/$owner" "$records/.spec" "$records/.spec/$owner" "$records/.script" "$records/.script/$owner" \
    "$revisions" "$revisions/$owner" "$reports" "$reports/$owner" "$units" "$units/$unit" "$units/multi-user.target.wants" "$units/networking.service.wants" /etc/systemd/network; do
    [ ! -e "$file" ] || set -- "$@" "$file"
  done
  flush_files "$@"
}

# Older ones and some of busybox take no files: they write all that there is, or refuse.
flush_files() { sync "$@" 2>/dev/null || sync; }
