# Sends packets from the host and from its containers, with the host's own tools, and reports where one is lost.
# Reads: $lines, and what else namespace.sh sets: "wait SECONDS"; then one a line, with "-" for what is not asked for:
#   probe NUMBER yes|no CONTAINER ADDRESS PORT SIZE   may it be reached, and is it?
#   knock NUMBER CONTAINER ADDRESS                    asks for an address that does not answer, for as long as `end` listens
#   end   NUMBER CONTAINER ADDRESS SOURCE             what the far end of a lost way looks like, and whether frames come in
# Prints: "reach NUMBER passed|silent|refused|failed WORDS", and "end_of_way NUMBER NAME=VALUE …" for one that is lost and for each `end`.
# Fails: never.
patience=$(printf '%s\n' "$lines" | sed -n 's/^wait //p')
listening=6 most=40 begun=0
names=$(printf '%s\n' "$lines" | awk '$1 == "probe" && $4 != "-" { print $4 } ($1 == "knock" || $1 == "end") && $3 != "-" { print $3 }' | sort -u)
find_processes "$names"
end=$(($(date +%s) + ${patience:-0}))

# The words of a tool that fails, in one line.
said() { printf '%s' "$*" | tr '\n' ' '; }

# ADDRESS PORT SIZE; sets $outcome.
try() {
  if [ "$2" != - ]; then
    # shellcheck disable=SC2016 # expanded by bash
    words=$(within timeout 2 bash -c ': >"/dev/tcp/$0/$1"' "$1" "$2" 2>&1 </dev/null)
    case $?:$words in
    0:*) outcome=passed ;;
    *refused*) outcome=refused ;;
    12[67]:*) outcome="failed $(said "$words")" ;;
    *) outcome=silent ;;
    esac
  else
    words=$(pinged "$1" "$3" 2>&1)
    case $? in
    0) outcome=passed ;;
    *) case $words in *option* | *sage:* | *not\ found* | *ermi* | *execute*) outcome="failed $(said "$words")" ;; *) outcome=silent ;; esac ;;
    esac
  fi
}

# The largest packet to ADDRESS that passes, below SIZE; prints nothing if none does.
largest() {
  low=68 high=$2
  pinged "$1" 68 >/dev/null 2>&1 || return 0
  while [ $((high - low)) -gt 1 ]; do
    middle=$(((low + high) / 2))
    if pinged "$1" "$middle" >/dev/null 2>&1; then low=$middle; else high=$middle; fi
  done
  echo "$low"
}

# ADDRESS SIZE PORT: the near end of a way on which nothing came through.
print_near() {
  printf ' container=%s' "$container"
  [ "$container" != stopped ] && [ "$container" != absent ] || return 0
  way=$(within ip -o route get "$1" 2>/dev/null)
  link=$(printf '%s\n' "$way" | after dev)
  [ -n "$link" ] || return 0
  hop=$(printf '%s\n' "$way" | after via)
  again=
  for _ in 1 2 3 4 5 6 7 8 9 10 11; do
    neighbour=$(within ip -o neigh show "${hop:-$1}" dev "$link" 2>/dev/null)
    case $neighbour in
    # An answer of a moment ago says nothing of now: the kernel asks once more (NUD_PROBE).
    *REACHABLE*) [ -z "$again" ] || break; again=yes; as_root ip neigh change "${hop:-$1}" dev "$link" nud probe >/dev/null 2>&1 ;;
    # It does not know yet whether the machine is still there.
    *STALE* | *DELAY* | *PROBE*) pinged "$1" - >/dev/null 2>&1; sleep 1 ;;
    *) break ;;
    esac
  done
  printf ' link=%s hop=%s mac=%s neighbour=%s' "$link" "${hop:-$1}" "$(printf '%s\n' "$neighbour" | after lladdr)" "$(printf '%s\n' "$neighbour" | awk '{ print $NF }')"
  [ "$2" = - ] || printf ' largest=%s' "$(largest "$1" "$2")"
  [ "$3" = - ] || ! pinged "$1" - >/dev/null 2>&1 || printf ' ping=yes'
  print_link "$link"
}

# ADDRESS SOURCE: the far end.
print_far() {
  printf ' container=%s' "$container"
  [ "$container" != stopped ] && [ "$container" != absent ] || return 0
  at=$(within ip -o addr show 2>/dev/null | awk -v address="$1" '{ split($4, part, "/"); if (part[1] == address) { print $2; exit } }')
  [ -n "$at" ] || { printf ' address=no'; return 0; }
  back=$(within ip -o route get "$2" from "$1" 2>/dev/null | after dev)
  printf ' address=yes at=%s back=%s mac=%s' "$at" "$back" "$(within ip -o link show dev "$at" 2>/dev/null | sed -n 's|.*link/ether \([0-9a-f:]*\).*|\1|p')"
  # The kernel takes the stricter of both.
  printf ' rpfilter=%s' "$(within cat /proc/sys/net/ipv4/conf/all/rp_filter "/proc/sys/net/ipv4/conf/$at/rp_filter" 2>/dev/null | sort -n | tail -n 1)"
  print_link "$at"
  [ -n "$parent" ] || return 0
  counter=/sys/class/net/$parent/statistics/rx_packets
  before=$(cat "$counter" 2>/dev/null)
  sleep "$listening"
  printf ' received=%s' $(($(cat "$counter" 2>/dev/null || echo 0) - ${before:-0}))
}

one_probe() {
  number=$1 wanted=$2 address=$4 port=$5 size=$6
  find_container "$3"
  outcome=silent
  if [ -z "$container" ] || [ "$container" = running ]; then
    while :; do
      try "$address" "$port" "$size"
      if [ "$wanted" = no ] || [ "$outcome" = passed ] || [ "$(date +%s)" -ge "$end" ]; then break; fi
      sleep 1
    done
  fi
  fact reach "$number" "$outcome"
  [ "$wanted" = no ] || [ "$outcome" = passed ] || fact end_of_way "$number" "$(print_near "$address" "$size" "$port")"
}

# What may not be reached is tried when all has passed that must, and has had time to come up.
for turn in 'probe [0-9]+ yes' 'probe [0-9]+ no' 'knock|end'; do
  while read -r word number rest; do
    # shellcheck disable=SC2086 # the words of the line; the program sends no shell characters
    set -- $rest
    case $word in
    probe) one_probe "$number" "$@" & ;;
    knock) { find_container "$1"; for _ in 1 2 3 4 5; do pinged "$2" - >/dev/null 2>&1; done; } & ;;
    end) { find_container "$1"; fact end_of_way "$number" "$(print_far "$2" "$3")"; } & ;;
    esac
    begun=$((begun + 1))
    [ $((begun % most)) -ne 0 ] || wait
  done <<DATA
$(printf '%s\n' "$lines" | grep -E "^($turn)")
DATA
  wait
done
