# At boot, started by the unit: makes the links of each kept spec, by the script of its owner, as soon as what they need is there. Docker is held
# up until all links are there, or only such can come that Docker itself makes the parent of; 50 s at most. The rest goes on beside Docker, and
# with it the start of containers that were too early (place.sh).
# Reads: $records, /sys/class/net. Prints: one line an event on stderr, for the journal. May fail: when the links of an owner could not be made.
boot() {
  # A change that was not confirmed before the reboot.
  [ ! -e "$armed_folder" ] || (lock; settle_pending)
  # The first line that bring_back prints, or its end, lets Docker go on.
  said=$({ bring_back & } | timeout 50 head -n 1)
  [ "$said" != failed ]
}

bring_back() {
  trap '' PIPE
  # By a removal of the last owner.
  trap 'drop_places $places; exit 1' TERM
  pending=''
  awaited=''
  for owner in $(find "$records/.spec" -type f -size +0 ! -name '.*' | sed 's|.*/||' | grep '^[A-Za-z0-9._:%-]*[+][A-Za-z0-9._:%+-]*$' | sort); do
    pending="$pending $owner=?"
    awaited="$awaited$(awaited_by "$owner" | sed "s|^|$owner |")
"
  done
  failed=''
  released=''
  came=''
  deadline=$(($(uptime_seconds) + 45))
  while [ -n "$pending$places$came" ]; do
    try_pending
    tend_docker
    [ "$(uptime_seconds)" -lt "$deadline" ] || release waits
    # What has come may be what another one waits for.
    [ -z "$moved" ] || continue
    case $pending in *,[+-]*) ;; *) release waits ;; esac
    if [ -n "$released" ]; then sleep 2; else sleep 0.5; fi
  done
  release "${failed:-done}"
  [ -z "$failed" ]
}

# Places are needed until Docker has started. One that does not start needs none.
tend_docker() {
  [ -n "$released" ] && [ -n "$places$came" ] || return 0
  if docker_runs; then
    # shellcheck disable=SC2086 # one word a link
    { drop_places $places; start_late $came; }
  elif [ "$(uptime_seconds)" -ge "$((deadline + 120))" ]; then
    # shellcheck disable=SC2086 # one word a link
    drop_places $places
  else
    return 0
  fi
  came=''
}

# Each item of $pending is OWNER=, and behind it a list of what is missing.
try_pending() {
  moved=''
  rest=''
  for item in $pending; do
    owner=${item%%=*}
    # Removed by an up or a destroy in the meantime.
    [ -e "$records/.spec/$owner" ] || continue
    missing=$(missing_for "$owner")
    if [ "$missing" != "${item#*=}" ]; then
      moved=1
      [ -z "$missing" ] || printf '%s\n' "$owner waits for $(printf '%s\n' "${missing#,}" | sed 's/[~+-]//; s/,[~+-]/, /g; s/:/ with MTU /g')" >&2
      case $missing in
      *,[~-]*) ;;
      *) bring_back_one || { failed=failed; continue; } ;;
      esac
    fi
    [ -z "$missing" ] || rest="$rest $owner=$missing"
  done
  pending=$rest
}

bring_back_one() {
  links=$(awk '$2 == "made" { print $1 }' "$records/$owner")
  # shellcheck disable=SC2086 # one word a link
  drop_places $links
  [ -z "$released" ] || came="$came $(printf '%s\n' "$links" | tr '\n' ' ')"
  await_managers "$owner"
  words=$(printf 'owner %s\n' "$owner" | sh "$records/.script/$owner" restore 2>&1)
  status=$?
  [ -z "$words" ] || printf '%s\n' "$words" | sed "s|^vlan-trunk: ||; s|^|$owner: |" >&2
  return "$status"
}

# ",-LINK" for a parent that is missing, ",~LINK" for one that the program or Docker makes, ",+LINK" for a link of others that is used;
# with ":MTU" for one whose MTU is still too small.
missing_for() {
  printf '%s' "$awaited" | while read -r who mark link mtu; do
    [ "$who" = "$1" ] || continue
    if is_place "$link" || ! read -r now 2>/dev/null <"/sys/class/net/$link/mtu"; then
      printf ',%s%s' "$mark" "$link"
    elif [ "$now" -lt "$mtu" ]; then
      printf ',%s%s:%s' "$mark" "$link" "$mtu"
    fi
  done
}

awaited_by() { { cat "$records/.spec/$1"; echo --; cat "$records/$1"; } 2>/dev/null | awk "$awaited_awk"; }

release() {
  [ -z "$released" ] || return 0
  released=1
  hold_places
  echo "$1" 2>/dev/null
  exec >&2
}

# Not the clock, which is set at boot.
uptime_seconds() { sed 's/[.].*//' /proc/uptime; }

# One owner's links, from its kept spec. A link of others that is missing is left out: it is theirs to make.
restore() { case $(printf '%s\n' "$spec" | cut -d' ' -f1) in *vlan* | *shim*) apply ;; esac; }

restorable_spec() {
  absent=$(awaited_by "$owner" | while read -r mark link _; do [ "$mark" != + ] || [ -e "/sys/class/net/$link" ] || printf ' %s' "$link"; done)
  awk -v absent="$absent " "$restorable_awk" "$records/.spec/$owner"
}
