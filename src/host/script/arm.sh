# A change of the parent, of addresses or of routes is armed before it is made: a process on this host takes it back (revert.sh) unless it is
# confirmed over a new connection in time. Until then the former record and the former kept spec count, so that a reboot leads back, too. One
# change at a time is armed on a host. A later run waits for its end, so that what is left of a killed run never meets another change.
# Reads: $records, $owner, $spec, $before. Sets: $armed to the ID of the change of this run, $guarded where more than its links must be as before, $works
# to what must work. Prints: see the functions. May fail: as they say.

# Whether what a plan, its argument, does could cut this host off.
is_risky() { [ -n "$(run_awk "$subnet_awk$cut_off_awk$risk_awk" "$before" "$1")" ]; }

# May fail: when it cannot be written, or no process can be started; nothing was changed then.
arm() {
  guard
  seconds=$(printf '%s\n' "$spec" | awk '$1 == "confirm" { seconds = $2 } END { print seconds ? seconds : 60 }')
  lasting=$kept_spec
  said=$(write_pending 2>&1) || { drop_pending; fail "$said" "could not write to this host's disk, nothing was changed"; }
  armed=$(pending_fact id)
  said=$(start_watch 2>&1) || { disarm; fail "$said" "could not start what would take the change back, nothing was changed"; }
}

# From now on what this host reaches is part of what must be as before.
guard() {
  guarded=1
  more=$(observe_way "$before" 2>&1) || fail "could not read the links of this host: $more" "nothing was changed"
  before=$before${more:+"
$more"}
  works=$(reached)
}

# The folder is there with all of it, or not at all, also after a power cut: an empty record would take away what was there before.
write_pending() {
  folder=$records/.new-armed
  rm -rf "$folder" && mkdir -p "$folder" && cp "$0" "$folder/script" &&
    cat /proc/sys/kernel/random/uuid >"$folder/id" && cat /proc/sys/kernel/random/boot_id >"$folder/boot" || return 1
  [ ! -e "$records/$owner" ] || cp "$records/$owner" "$folder/record" || return 1
  for file in "owner $owner" "name $(readlink "$0")" "spec $spec" "before $before" "kept $kept_spec" "works $works" "peer $peer" "self $self" "seconds $seconds" \
    "revision ${revision:--}" "label $label" "deadline $(($(uptime_seconds) + seconds + 1))"; do
    printf '%s\n' "${file#* }" >"$folder/${file%% *}" || return 1
  done
  # shellcheck disable=SC2046 # one word a file
  flush_files $(find "$folder" -type f)
  # Another revision than the last one, so that the next preview shows the change that was taken back.
  { [ ! -e "$revisions/$owner" ] || mv "$revisions/$owner" "$folder/former"; } && mv "$folder" "$armed_folder"
}

# A fact of the armed change.
pending_fact() { cat "$armed_folder/$1" 2>/dev/null; }

# The time runs from the end of the change, which an observation, its argument, shows.
extend() { put "$armed_folder/after" "$1" && put_off 0; }

# By so many seconds more, for what this run does before the controller can confirm.
put_off() { [ -z "$armed" ] || put "$armed_folder/deadline" "$(($(uptime_seconds) + seconds + 1 + $1))"; }

# Not in the session of sshd, which may end its processes. Where systemd does not run, or is too old, a process in a session of its own.
start_watch() {
  if [ -d /run/systemd/system ] && systemd-run --quiet --collect --unit="vlan-trunk-revert-$armed" /bin/sh "$armed_folder/script" watch '' "$armed" 9<&-; then
    return 0
  fi
  command -v setsid >/dev/null || { echo "setsid is missing on this host (Debian package: util-linux)"; return 1; }
  # shellcheck disable=SC2016 # expanded by the inner shell
  setsid sh -c 'echo $$ >"$1/process"; exec sh "$1/script" watch "" "$2"' sh "$armed_folder" "$armed" </dev/null >/dev/null 2>&1 9<&- &
}

# Ends the process of an armed change, which would end without doing anything.
stop_watch() {
  id=$(pending_fact id)
  process=$(pending_fact process)
  if [ -z "$process" ]; then
    systemctl stop "vlan-trunk-revert-$id" 2>/dev/null
  elif tr '\0' '\n' <"/proc/$process/cmdline" 2>/dev/null | grep -qxF "$id"; then
    kill "$process"
  fi
}

drop_pending() {
  rm -rf "$records/.new-armed" "$armed_folder"
  drop_folder
}

# Takes back that this change is armed, where this run itself has undone it.
disarm() {
  [ -n "$armed" ] || return 0
  stop_watch
  [ ! -e "$armed_folder/former" ] || { mkdir -p "$revisions" && mv "$armed_folder/former" "$revisions/$owner"; }
  drop_pending
}

# The change of that ID, the argument, is still armed, else this fails with what has become of it.
expect_pending() {
  [ "$(pending_fact id)" != "$1" ] || return 0
  [ "$(sed 1q "$reports/$owner" 2>/dev/null)" = "$1" ] || fail "this host knows nothing of the change any more"
  fail "$(sed 1d "$reports/$owner")"
}

# By another connection than the one of the change: the controller still reaches this host, and has to wait for other hosts before it can confirm.
hold() {
  expect_pending "$1"
  armed=$1
  seconds=$(pending_fact seconds)
  said=$(put_off 0 2>&1) || fail "$said" "could not write to this host's disk"
  echo held
}

# Not by this run, whose connection the change back may end: the process that waits for the end of the time does it now.
undo() {
  expect_pending "$1"
  said=$(put "$armed_folder/reason" "not confirmed, because the same up has failed on another host" 2>&1) ||
    fail "$said" "could not write to this host's disk"
  echo undoing
}

# By another connection than the one of the change, whose ID is the argument: the controller still reaches this host. What was held back is written.
confirm() {
  expect_pending "$1"
  # As an apply, which alone writes the unit.
  action=apply
  spec=$(pending_fact spec)
  kept_spec=$(pending_fact kept)
  lasting=$(lasting_spec)
  label=$(pending_fact label)
  said=$(write_confirmed 2>&1) || fail "$said" "could not write to this host's disk"
  # Before what would take it back at the next boot has gone.
  flush
  stop_watch
  drop_report
  drop_pending
  flush
  echo confirmed
}

write_confirmed() {
  { [ ! -e "$armed_folder/former" ] || { mkdir -p "$revisions" && put "$revisions/$owner" "$(pending_fact former)"; }; } &&
    write_record "$(cat "$records/$owner")" && write_revision "$(pending_fact revision)" "$(pending_fact after)"
}
