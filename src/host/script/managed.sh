# persistence: 'networkd' | 'networkmanager': at a boot a network manager makes the VLANs of an owner, by files of ours in its own words (networkd.sh,
# networkManager.sh). It leaves them as they are then (unmanaged.sh): the unit puts on them what is declared, and makes what the manager has not made.
# Reads: $owner, $spec, $before, $action; $lasting, the spec to keep. $manager is "networkd" or "network_manager", the end of the names of its functions.
# Prints: see the functions. May fail: when a file cannot be written or removed.

# The manager that a spec, the argument, names.
manager_in() {
  case "$1
" in
  *"
persist networkd
"*) echo networkd ;;
  *"
persist networkmanager
"*) echo network_manager ;;
  esac
}

# Why it cannot be done so, as a problem. A boot makes the best of what is there, a shim comes by the unit alone, and so does a VLAN on a VLAN of ours.
no_manager() {
  manager=$(manager_in "$spec")
  [ "$action" != restore ] && [ -n "$manager" ] || return 0
  nic=$(parent_of "$spec")
  if ! is_running "$(service_of "$manager")"; then
    why="$(service_of "$manager") does not run on this host"
  else
    case $spec in *"
vlan "*) ;; *) return 0 ;; esac
    [ -e "/sys/class/net/$nic" ] && ! is_made_by_us "$nic" && ! "is_at_$manager" "$nic" || return 0
    why=$(manager_of "$nic")
    why="$nic belongs to ${why:-no network manager that is known}"
  fi
  echo "links cannot come back after a reboot by $(service_of "$manager"), because $why: persistence: $(persistence_at "$nic") on the Host does without it"
}

# What can be done with the manager that has a link.
persistence_at() {
  if is_at_networkd "$1"; then
    echo "'unit' or 'networkd'"
  elif is_at_network_manager "$1"; then
    echo "'unit' or 'networkmanager'"
  else
    echo "'unit'"
  fi
}

service_of() { if [ "$1" = networkd ]; then echo systemd-networkd; else echo NetworkManager; fi; }

parent_of() { printf '%s\n' "$1" | awk '$1 == "parent" { print $2 }'; }

is_made_by_us() { observe_records | awk -v link="$1" '$3 == link && $4 == "made" { found = 1 } END { exit !found }'; }

# The lines of managed.awk for $manager; argument: the record.
managed_vlans() {
  [ "$(manager_in "$lasting")" = "$manager" ] && ! is_made_by_us "$(parent_of "$lasting")" || return 0
  printf '%s\n' "$lasting" -- "$1" | awk "$managed_awk"
}

# Of some VLANs those that are there: what is missing the manager would make beside us, when it reads its files.
present() { printf '%s\n' "$1" | while read -r link rest; do [ ! -e "/sys/class/net/${link:--}" ] || printf '%s\n' "$link $rest"; done; }

# Makes the files those of some VLANs, lines of managed.awk. Sets: $dropped to the files that are gone. A boot finds them as they are.
arrange_files() {
  dropped=''
  [ "$action" != restore ] || return 0
  wanted=$("each_file_of_$manager" name_of "$1")
  dropped=$("files_of_$manager" "$owner" | while IFS= read -r file; do
    printf '%s\n' "$wanted" | grep -qxF "$file" || { rm "$file" && printf '%s\n' "$file" || exit 1; }
    # The folder of a drop-in may be there for it alone.
    case $file in *.d/*.conf) rmdir "${file%/*}" 2>/dev/null || true ;; esac
  done) || return 1
  "each_file_of_$manager" put_where_other "$1"
}

# What is run with each file and its text.
name_of() { printf '%s\n' "$1"; }
put_where_other() { [ "$(cat "$1" 2>/dev/null)" = "$2" ] || { "put_for_$manager" "$1" "$2" && flush_files "${1%/*}"; }; }
tell_where_other() { if [ ! -e "$1" ]; then echo missing; elif [ "$(cat "$1")" != "$2" ]; then echo changed; fi; }

# Prints what is missing or changed of what brings the links of the spec back, as drift.awk does.
report_return() {
  asks_to_last || return 0
  how=$(part "$spec" persist)
  manager=$(manager_in "$spec")
  found=
  [ -e "$units/$unit" ] && [ -L "$units/multi-user.target.wants/$unit" ] && [ -e "$records/.spec/$owner" ] || found=missing
  [ -n "$found" ] || [ -z "$manager" ] || found=$("each_file_of_$manager" tell_where_other "$(managed_vlans "$(own_notes "$before")")" | sed 1q)
  [ -z "$found" ] || echo "drift $(parent_of "$spec") persistence $how -- $found"
}

# At a boot, until a manager has made the VLANs of an owner. What it has not made by then the unit makes.
await_managers() {
  end=$(($(uptime_seconds) + 10))
  for manager in networkd network_manager; do
    is_running "$(service_of "$manager")" || continue
    while owed=$(owed_by "$1") && [ -n "$owed" ] && [ "$(uptime_seconds)" -lt "$end" ]; do sleep 0.2 2>/dev/null || sleep 1; done
    [ -z "$owed" ] || printf '%s\n' "$1: $(service_of "$manager") has not made $(printf '%s\n' "$owed" | tr '\n' ' ')" >&2
  done
}

owed_by() { links_of_files "$1" | while read -r link; do [ -e "/sys/class/net/$link" ] || printf '%s\n' "$link"; done; }

links_of_files() { "files_of_$manager" "$1" | sed -n 's|.*@\([^/]*\)[.][a-z]*$|\1|p'; }
