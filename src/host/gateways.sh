# Asks from containers that were just made for the gateways of their networks: by a ping, and by the neighbour entry where one does not answer pings.
# Reads: $lines, and what else namespace.sh sets, with one a line: gateway NUMBER CONTAINER ADDRESS
# Prints: "gateway NUMBER answers", "gateway NUMBER silent NAME=VALUE …" with the container's end of the way, or "gateway NUMBER unknown".
# Fails: never.

# ADDRESS, in the namespace of $pid.
ask_gateway() {
  way=$(within ip -o route get "$1" 2>/dev/null)
  # Not from a container that has no address in that subnet, or none yet.
  case $way in '' | *' via '*) echo unknown; return 0 ;; esac
  link=$(printf '%s\n' "$way" | after dev)
  tries=0 most=3 neighbour=
  while [ "$tries" -lt "$most" ]; do
    tries=$((tries + 1))
    if pinged "$1" - >/dev/null 2>&1; then echo answers; return 0; fi
    neighbour=$(within ip -o neigh show "$1" dev "$link" 2>/dev/null | awk '{ print $NF }')
    case $neighbour in
    REACHABLE | PERMANENT | NOARP) echo answers; return 0 ;;
    # An entry from before: the kernel asks once more (NUD_PROBE), which takes it three seconds.
    STALE | DELAY) most=6; within ip neigh change "$1" dev "$link" nud probe >/dev/null 2>&1 ;;
    # Duplicate address detection holds the packet back.
    '') sleep 1 ;;
    esac
  done
  case $neighbour in FAILED | INCOMPLETE) ;; *) echo unknown; return 0 ;; esac
  printf 'silent container=%s link=%s hop=%s neighbour=%s' "$container" "$link" "$1" "$neighbour"
  print_link "$link"
}

one_gateway() {
  find_container "$2"
  answer=unknown
  [ "$container" != running ] || ! command -v ping >/dev/null || answer=$(ask_gateway "$3")
  fact gateway "$1" "$answer"
}

find_processes "$(printf '%s\n' "$lines" | awk '$1 == "gateway" { print $3 }' | sort -u)"
begun=0
while read -r _ number name address; do
  [ -n "$number" ] || continue
  one_gateway "$number" "$name" "$address" &
  begun=$((begun + 1))
  [ $((begun % 40)) -ne 0 ] || wait
done <<DATA
$(printf '%s\n' "$lines" | grep '^gateway ')
DATA
wait
