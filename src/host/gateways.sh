# Asks from containers that were just made for the gateways of their networks: by a ping, and by the neighbour entry where one does not answer pings.
# Reads: $lines, and what else namespace.sh sets, with one a line: gateway NUMBER CONTAINER ADDRESS
# Prints: "gateway NUMBER answers", "gateway NUMBER silent NAME=VALUE …" with the container's end of the way, or "gateway NUMBER unknown".
# Fails: never.

# In the namespace of the container, so that one process enters it. Argument: the address. The kernel asks three times, a second apart.
# shellcheck disable=SC2016 # expanded by the inner shell
ask='
way=$(ip -o route get "$1" 2>/dev/null)
# Not from a container that has no address in that subnet, or none yet.
case $way in "" | *" via "*) exit ;; esac
link=${way#* dev }
link=${link%% *}
left=3 patience=1 again=
while [ "$left" -gt 0 ]; do
  if ping -n -c 1 -W "$patience" "$1" </dev/null >/dev/null 2>&1; then echo answers; exit; fi
  left=$((left - patience))
  [ "$left" -lt 1 ] || patience=$left
  neighbour=$(ip -o neigh show "$1" dev "$link" 2>/dev/null)
  case $neighbour in
  *REACHABLE* | *PERMANENT* | *NOARP*) echo answers; exit ;;
  # An entry from before: the kernel asks once more (NUD_PROBE), which takes it three seconds.
  *STALE* | *DELAY*) [ -n "$again" ] || { again=yes left=4 patience=4; ip neigh change "$1" dev "$link" nud probe >/dev/null 2>&1; } ;;
  *INCOMPLETE* | *FAILED* | *PROBE*) ;;
  # Duplicate address detection holds the packet back.
  *) patience=1; sleep 1 ;;
  esac
done
case $neighbour in
*FAILED*) neighbour=FAILED ;;
*INCOMPLETE*) neighbour=INCOMPLETE ;;
*) exit ;;
esac
printf "%s %s %s\n" "$link" "$neighbour" "$(ip -o -d link show dev "$link" 2>/dev/null)"'

# ADDRESS, in the namespace of $pid.
ask_gateway() {
  said=$(within sh -c "$ask" sh "$1" 2>/dev/null)
  case $said in
  '') echo unknown ;;
  answers) echo answers ;;
  *)
    link=${said%% *}
    said=${said#* }
    printf 'silent container=%s link=%s hop=%s neighbour=%s' "$container" "$link" "$1" "${said%% *}"
    print_shown_link "$link" "${said#* }"
    ;;
  esac
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
