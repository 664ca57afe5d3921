# A host with two links on a trunk and an uplink, and a machine behind each of the three: network namespaces of this machine, whose kernel has
# nftables. Its links are macvlan, because that kernel may know no VLANs; for the rules a link is a name.
# Reads: $work, a folder with bin/, script.sh and an empty lib/; $body, what is to be done. Prints: what that prints. May fail: as that does.
set -eu
export PATH="$work/bin:$PATH"
mount -t tmpfs tmpfs /run
mount --bind "$work/lib" /var/lib
mkdir /run/netns
for name in wire host m5 m6; do ip netns add $name; done
ip link add dev trunk0 netns host type veth peer name cable netns wire
ip link add dev uplink netns host type veth peer name outside netns wire
for link in lo trunk0 uplink; do ip -n host link set dev $link up; done
ip -n host addr add 10.9.0.1/24 dev uplink
for link in cable outside; do ip -n wire link set dev $link up; done
ip -n wire addr add 10.9.0.2/24 dev outside
ip -n wire route add 10.61.0.0/16 via 10.9.0.1
for id in 5 6; do
  ip -n wire link add link cable name nic$id type macvlan mode bridge
  ip -n wire link set dev nic$id netns m$id
  ip -n m$id link set dev nic$id up
  ip -n m$id addr add 10.61.$id.2/24 dev nic$id
  ip -n m$id addr add 2001:db8:61:$id::2/64 dev nic$id nodad
  ip -n m$id route add default via 10.61.$id.1
  ip -n m$id route add default via 2001:db8:61:$id::1
done

host() { ip netns exec host "$@"; }
# The parent of a macvlan hears what is asked of it, and would answer with an address of its own.
host sh -c 'echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore'
spec() {
  rule=${1:-}
  printf '%s\n' "owner ${owner:-p+s+t}" 'parent trunk0' ${1:+"routing $1"}
  for id in ${links:-5 6} ${2:-}; do
    printf '%s\n' "shim trunk0.$id macvlan bridge" "address trunk0.$id 10.61.$id.1/24" "address trunk0.$id 2001:db8:61:$id::1/64" \
      "sysctl trunk0.$id ipv6 accept_ra 0"
    [ "${rule%% *}" != between ] || printf "sysctl trunk0.$id %s 1\n" 'ipv4 forwarding' 'ipv6 forwarding' 'ipv6 force_forwarding'
  done
}
# run ACTION [ROUTING [ANOTHER-LINK]]; $owner and $links for others than p+s+t with 5 and 6
run() {
  action=$1
  shift
  spec "$@" | host sh "$work/script.sh" "$action" '' 2>&1 | grep -vE '^(revision|armed) ' || true
  # What an up does over a new connection.
  if id=$(cat /var/lib/vlan-trunk/.armed/id 2>/dev/null); then echo "owner ${owner:-p+s+t}" | host sh "$work/script.sh" confirm '' "$id" >/dev/null; fi
}
remove() { echo "owner ${owner:-p+s+t}" | host sh "$work/script.sh" remove '' 2>&1; }
rules() { host nft list ruleset; }
# What the host forwards by default, and on each link.
forwarding() { host sh -c 'cd /proc/sys/net; grep . ipv4/conf/*/forwarding ipv6/conf/*/*forwarding'; }
forward() { host sh -c "echo $1 >/proc/sys/net/ipv4/ip_forward; echo $1 >/proc/sys/net/ipv6/conf/all/forwarding"; }
# Who gets an answer: "m5>ADDRESS".
reach() {
  {
    for id in 5 6; do for address in 10.61.$((11 - id)).2 2001:db8:61:$((11 - id))::2 10.61.$id.1 2001:db8:61:$id::1; do echo m$id $address; done; done
    echo wire 10.61.5.2
    echo m5 10.9.0.2
  } | {
    while read -r from to; do { ip netns exec "$from" ping -c 3 -i 0.3 -W 2 "$to" >/dev/null 2>&1 && echo "$from>$to" || true; } & done
    wait
  } | sort | tr '\n' ' '
  echo
}
# What has come in of that on a machine, whether its answer comes back or not.
echoes() {
  for name in m5 m6 wire; do
    ip netns exec $name awk '$1 == "Icmp:" { if (at) print $at; else for (i = 1; i <= NF; i++) if ($i == "InEchos") at = i }' /proc/net/snmp
    ip netns exec $name awk '$1 == "Icmp6InEchos" { print $2 }' /proc/net/snmp6
  done | tr '\n' ' '
  echo
}
eval "$body"
