# Sends packets from the host and from its containers, with the host's own tools, and reports where one is lost.
# Reads: $lines, and what else namespace.sh sets: "wait SECONDS"; then one a line, with "-" for what is not asked for:
#   probe NUMBER yes|no CONTAINER ADDRESS icmp|tcp|udp PORT SIZE   may it be reached, and is it?
#   knock NUMBER CONTAINER ADDRESS PORT TURN                       asks for an address that does not answer, for as long as `end` listens
#   end   NUMBER CONTAINER ADDRESS SOURCE PORT TURN                what the far end of a lost way looks like, and whether frames come in
# PORT of the last two is of UDP: then datagrams are sent, and those are counted that come to a socket. Those that go to one container have
# different turns, from 0.
# Prints: "reach NUMBER passed|silent|refused|failed WORDS", and "end_of_way NUMBER NAME=VALUE …" for one that is lost, and for both of its ends.
# Fails: never.
patience=$(printf '%s\n' "$lines" | sed -n 's/^wait //p')
listening=6 turn_seconds=9 most=40 begun=0
names=$(printf '%s\n' "$lines" | awk '$1 == "probe" && $4 != "-" { print $4 } ($1 == "knock" || $1 == "end") && $3 != "-" { print $3 }' | sort -u)
find_processes "$names"
started=$(date +%s)
end=$((started + ${patience:-0}))

# The words of a tool that fails, in one line.
said() { printf '%s' "$*" | tr '\n' ' '; }

# ADDRESS PROTOCOL PORT SIZE; sets $outcome.
try() {
  case $2 in
  tcp | udp)
    words=$(if [ "$2" = tcp ]; then connected "$1" "$3"; else datagrams "$1" "$3" 1; fi 2>&1)
    case $?:$words in
    0:*) outcome=passed ;;
    *refused*) outcome=refused ;;
    12[67]:*) outcome="failed $(said "$words")" ;;
    *) outcome=silent ;;
    esac
    ;;
  *)
    words=$(pinged "$1" "$4" 2>&1)
    case $? in
    0) outcome=passed ;;
    *) case $words in *option* | *sage:* | *not\ found* | *ermi* | *execute*) outcome="failed $(said "$words")" ;; *) outcome=silent ;; esac ;;
    esac
    ;;
  esac
}

# ADDRESS PORT: fails unless it takes a TCP connection.
connected() {
  # shellcheck disable=SC2016 # expanded by bash
  within timeout 2 bash -c ': >"/dev/tcp/$0/$1"' "$1" "$2" </dev/null
}

# ADDRESS PORT HOW_MANY: sends datagrams of one byte from one socket; fails, after a second, unless one comes back. A refusal is an error of the next
# datagram, or of reading. Answers are bytes of any kind, which the shell's own `read` cannot take.
datagrams() {
  # shellcheck disable=SC2016 # expanded by bash
  within timeout 5 bash -c '
    exec 3<>"/dev/udp/$0/$1" || exit
    for ((sent = 0; sent < $2; sent++)); do printf "\0" >&3; done
    timeout 1 head -c 1 <&3 >/dev/null' "$1" "$2" "$3" </dev/null
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

# ADDRESS SOURCE PORT TURN: the far end.
print_far() {
  printf ' container=%s' "$container"
  [ "$container" != stopped ] && [ "$container" != absent ] || return 0
  at=$(within ip -o addr show 2>/dev/null | awk -v address="$1" '{ split($4, part, "/"); if (part[1] == address) { print $2; exit } }')
  [ -n "$at" ] || { printf ' address=no'; return 0; }
  printf ' address=yes at=%s' "$at"
  print_link "$at"
  counter=/sys/class/net/$parent/statistics/rx_packets
  before=$(cat "$counter" 2>/dev/null)
  if [ "$3" = - ]; then sleep "$listening"; else watch_udp "$3" "$1" "$4"; fi
  [ -z "$parent" ] || printf ' received=%s' $(($(cat "$counter" 2>/dev/null || echo 0) - ${before:-0}))
  back=$(within ip -o route get "$2" from "$1" 2>/dev/null | after dev)
  printf ' back=%s mac=%s' "$back" "$(within ip -o link show dev "$at" 2>/dev/null | sed -n 's|.*link/ether \([0-9a-f:]*\).*|\1|p')"
  # The kernel takes the stricter of both.
  printf ' rpfilter=%s' "$(within cat /proc/sys/net/ipv4/conf/all/rp_filter "/proc/sys/net/ipv4/conf/$at/rp_filter" 2>/dev/null | sort -n | tail -n 1)"
}

# PORT FAMILY: the datagrams that have come to sockets of the namespace so far, what waits in those of the port to be read, and whether there is one.
udp_seen() {
  within cat /proc/net/snmp /proc/net/snmp6 /proc/net/udp /proc/net/udp6 2>/dev/null | awk -v port="$(printf ':%04X' "$1")" -v family="$2" '
    $1 == "Udp:" && family == 4 && named { for (i = 2; i <= NF; i++) if (name[i] == "InDatagrams" || name[i] == "RcvbufErrors") all += $i }
    $1 == "Udp:" && !named { for (i = 2; i <= NF; i++) name[i] = $i; named = 1 }
    family == 6 && ($1 == "Udp6InDatagrams" || $1 == "Udp6RcvbufErrors") { all += $2 }
    # IPv4 also comes to sockets of IPv6. Lengths of queues are of eight hexadecimal digits.
    $1 ~ /^[0-9]+:$/ && (family == 4 || length($2) > 20) && substr($2, length($2) - 4) == port {
      listens = 1
      split($5, queue, ":")
      if (queue[2] "" > waiting "") waiting = queue[2]
    }
    END { printf "%.0f %s %s\n", all, waiting == "" ? "-" : waiting, listens ? "yes" : "no" }'
}

# SECONDS after the beginning, so that both ends of a way are at the same second, give or take the time that ssh takes.
wait_until() {
  left=$((started + $1 - $(date +%s)))
  [ "$left" -le 0 ] || sleep "$left"
}

# PORT ADDRESS TURN: the datagrams that come to sockets in two seconds before any are sent, and in those two seconds in which most come.
watch_udp() {
  case $2 in *:*) family=6 ;; *) family=4 ;; esac
  for second in 1 2 3 4 5 6 7 8 9; do
    wait_until $((turn_seconds * $3 + second))
    udp_seen "$1" "$family"
  done | awk '
    { if (NR > 1) came[NR - 1] = $1 - last; last = $1 }
    # What a program does not read stays. One that reads has something waiting at any moment where others send.
    { waits[NR] = $2 "" }
    $3 == "yes" { listens = "yes" }
    END {
      if (waits[1] == waits[2] && waits[2] == waits[3] && waits[NR - 1] > waits[1] && waits[NR] > waits[1]) queued = "yes"
      for (i = 3; i < NR - 1; i++) if (came[i] + came[i + 1] > peak) peak = came[i] + came[i + 1]
      printf " quiet=%.0f peak=%.0f queued=%s listens=%s", came[1] + came[2], peak, queued, listens == "" ? "no" : listens
    }'
}

# ADDRESS PORT TURN: asks for the address, and sends datagrams while `end` counts them.
knock() {
  { for _ in 1 2 3 4 5; do pinged "$1" - >/dev/null 2>&1; done; } &
  if [ "$2" != - ]; then
    wait_until $((turn_seconds * $3 + 6))
    words=$(datagrams "$1" "$2" 100 2>&1)
    case $?:$words in 0:*) sent=answered ;; *refused*) sent=refused ;; *) sent=silent ;; esac
    fact end_of_way "$4" "sent=$sent"
  fi
  wait
}

one_probe() {
  number=$1 wanted=$2 address=$4 protocol=$5 port=$6 size=$7
  find_container "$3"
  outcome=silent
  if [ -z "$container" ] || [ "$container" = running ]; then
    while :; do
      try "$address" "$protocol" "$port" "$size"
      if [ "$wanted" = no ] || [ "$outcome" = passed ] || [ "$(date +%s)" -ge "$end" ]; then break; fi
      # Not every program answers datagrams. Where the way is open, those that come in are counted.
      if [ "$protocol:$outcome" = udp:silent ] && pinged "$address" - >/dev/null 2>&1; then break; fi
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
    knock) { find_container "$1"; knock "$2" "$3" "$4" "$number"; } & ;;
    end) { find_container "$1"; fact end_of_way "$number" "$(print_far "$2" "$3" "$4" "$5")"; } & ;;
    esac
    begun=$((begun + 1))
    [ $((begun % most)) -ne 0 ] || wait
  done <<DATA
$(printf '%s\n' "$lines" | grep -E "^($turn)")
DATA
  wait
done
