# Undoes an armed change that was not confirmed: in the process that arm.sh starts, in a later run that finds its time over, or at a boot.
# Reads: $armed_folder. Prints: nothing, or one line for the journal. May fail: never; what could not be undone is in the report, which the next check
# prints, and the next apply that succeeds removes.

# Waits for the end of the time. The change itself and a controller that waits for other hosts may put that off, a confirmation ends it, and a failure on
# another host brings it forward.
watch() {
  while [ "$(pending_fact id)" = "$keep" ]; do
    if ! is_overdue; then
      sleep 1
    elif try_lock 60; then
      # Confirmed, or put off, while it waited for the lock.
      [ "$(pending_fact id)" != "$keep" ] || ! is_overdue || revert "$(why_overdue)"
      unlock
    fi
  done
}

is_overdue() { [ -e "$armed_folder/reason" ] || [ "$(uptime_seconds)" -ge "$(pending_fact deadline)" ]; }

why_overdue() { pending_fact reason || echo "not confirmed over a new connection within $(pending_fact seconds) s"; }

is_of_another_boot() { [ "$(pending_fact boot)" != "$(cat /proc/sys/kernel/random/boot_id)" ]; }

# With the lock, and no change armed: one of an earlier run is confirmed or taken back first; one of another owner may still be confirmed by its own run.
lock_settled() {
  lock
  while [ -e "$armed_folder" ]; do
    settle_pending
    [ -e "$armed_folder" ] || return 0
    unlock
    sleep 0.5 2>/dev/null || sleep 1
    lock
  done
}

# Where its process is gone: with a reboot, or ended by somebody.
settle_pending() {
  if is_of_another_boot; then
    (forget_change)
  elif [ "$(uptime_seconds)" -ge "$(($(pending_fact deadline) + 10))" ]; then
    (revert "$(why_overdue)")
  else
    case $action in apply | remove | sweep) [ "$(pending_fact owner)" != "$owner" ] || take_up ;; esac
  fi
}

# The run that armed the change was killed: an owner has one run at a time. That of today has come over a new connection, which confirms a change that
# was made to its end.
take_up() {
  if [ -e "$armed_folder/after" ] && [ "$(pending_fact peer)" = "$peer" ]; then
    (confirm_pending) >/dev/null
  else
    stop_watch
    (revert "the run that made the change was cut off")
  fi
}

confirm_pending() {
  keep_staged
  confirm "$(pending_fact id)"
}

# Under the lock.
revert() {
  load_pending
  said=$( (roll_back "$1") 2>&1 )
  report "$said"
}

# After a reboot the links are gone by themselves: what was kept for the next boot is as before.
forget_change() {
  load_pending
  lasting=$kept_spec
  said=$(write_record "$(pending_fact record)" 2>&1) && said="the host was restarted before the change was confirmed: it came back as it was before the change"
  report "$said"
}

load_pending() {
  armed=''
  guarded=1
  action=apply
  id=$(pending_fact id)
  owner=$(pending_fact owner)
  spec=$(pending_fact spec)
  before=$(pending_fact before)
  kept_spec=$(pending_fact kept)
  works=$(pending_fact works)
  peer=$(pending_fact peer)
  self=$(pending_fact self)
  keep_staged
}

# What a later run has staged stays.
keep_staged() { staged=$armed_folder/none; }

# The record stays, if only an empty one, and with it the script: a removal takes away all of it, the report too.
report() {
  if [ ! -e "$records/$owner" ]; then
    name=$(pending_fact name)
    mkdir -p "$records/.script" && cp "$armed_folder/script" "$records/.script/$name" && ln -sfn "$name" "$records/.script/$owner" && : >"$records/$owner"
  fi
  # What was known of the last apply, but its revision: the next preview shows the change as an update.
  known=$(grep -v '^spec \|^revision ' "$armed_folder/former" 2>/dev/null)
  [ -z "$known" ] || { mkdir -p "$revisions" && put "$revisions/$owner" "$known"; }
  said=$(printf '%s\n' "$1" | sed 's/^vlan-trunk: //')
  mkdir -p "$reports" && put "$reports/$owner" "$id
$said
taken back at $(date -u +%Y-%m-%dT%H:%M:%SZ)"
  drop_pending
  flush
  printf '%s\n' "$said" >&2
}

drop_report() {
  [ -d "$reports" ] || return 0
  rm -f "$reports/$owner"
  rmdir "$reports" 2>/dev/null || true
}

# At a check, what an apply has to know: "reverted TEXT" of the last change, and "armed" while one of this owner is not confirmed yet.
report_reverted() {
  [ ! -e "$reports/$owner" ] || echo "reverted $(sed 1d "$reports/$owner" | awk '{ printf "%s%s", sep, $0; sep = "; " }')"
  [ ! -e "$armed_folder" ] || [ "$(pending_fact owner)" != "$owner" ] || echo armed
}
