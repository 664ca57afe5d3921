# What the host routes from and to links of ours: rules of its firewall, in a table of our own in nftables, else in chains of our own in iptables, one for
# each group (routingGroup.awk). They follow from the records alone ("LINK routing isolated|between [GROUP]"), so that a removal, a rollback and a boot
# need nothing else.
# Reads: $owner, $spec, $before, $action, the records, the firewall's rules and those that our text makes in a network namespace of its own; arguments: the
# record of the owner, as it is to be.
# Prints: see the functions. May fail: as they say.

# Why the spec cannot be made so, as problems. Not at a boot, when others may not have come yet that it asks for.
no_routing() {
  [ "$action" != restore ] || return 0
  for group in $(groups_of "$1"); do
    number_group
    by=$(firewall "$(links_of "$group" "$1")") || { printf '%s\n' "$by"; return 0; }
  done
  case $(part "$spec" routing) in between*) ;; *) return 0 ;; esac
  dropping=$(nft list chains 2>/dev/null | awk -v byIptables="$(has_table iptables filter && echo yes)" "$forward_chains_awk")
  [ -z "$dropping" ] || echo "routing: 'between' cannot be made so, because only a rule of yours in it can let packets pass: $dropping"
  case $spec in *' force_forwarding '*) ;; *) return 0 ;; esac
  ipv6=/proc/sys/net/ipv6/conf
  [ -e $ipv6/all/force_forwarding ] || [ "$(cat $ipv6/all/forwarding 2>/dev/null)" != 0 ] ||
    echo "routing: 'between' needs net.ipv6.conf.all.forwarding = 1 for the IPv6 addresses of these VLANs, because this kernel (before 6.17) forwards IPv6 for all of the host or not at all; interfaces that take router advertisements need accept_ra = 2 then"
}

# Puts the rules in place, each table in one step; what is in place already is not touched. May fail: with $words, when one cannot be changed.
put_routing() {
  # The record that is there still names what was, and what this run has put.
  for group in $(groups_of "$1
$(cat "$records/$owner" 2>/dev/null)"); do
    grouped=$(links_of "$group" "$1") || { words="could not read $records"; return 1; }
    put_group "$grouped" || return 1
  done
}

put_group() {
  number_group
  by=
  ! names_routing "$1" || by=$(firewall "$1") || { words=$by; return 1; }
  for place in nft iptables/mangle ip6tables/mangle iptables/filter ip6tables/filter; do
    record=
    ! belongs_at "$place" "$by" "$1" || record=$1
    there=$(rules_at "$place")
    wanted=$(rules_of "$place" "$record") || { words=$wanted; return 1; }
    [ "$there" != "$wanted" ] || continue
    words=$(change_rules "$place" "$record" "$(printf '%s\n' "$there" | grep -c '^-A FORWARD ')" 2>&1) || return 1
    [ "$(rules_at "$place")" = "$wanted" ] || { words="rules of $place had no effect"; return 1; }
  done
}

# Prints which rules are missing or changed, as drift.awk does, for links of this owner. Those of another owner in the group are printed at its own check.
report_routing() {
  found=
  for group in $(groups_of "$1"); do
    number_group
    { grouped=$(links_of "$group" "$1") && by=$(firewall "$grouped"); } || continue
    for place in nft iptables/mangle ip6tables/mangle iptables/filter ip6tables/filter; do
      belongs_at "$place" "$by" "$grouped" || continue
      there=$(rules_at "$place")
      [ "$there" = "$(rules_of "$place" "$grouped")" ] || { [ -n "$there" ] && found=changed || found=${found:-missing}; }
    done
  done
  [ -z "$found" ] || printf '%s\n' "$1" | awk -v found="$found" '$2 == "routing" { print "drift", $1, "routing", $3, "--", found }'
}

# The groups that a record names, each once.
groups_of() { ! names_routing "$1" || printf '%s\n' "$1" | awk -v owner="$owner" '$2 == "routing" { name = $4 == "" ? owner : $4; if (!known[name]++) print name }'; }

# The links of a group, in one order for all owners. May fail: when the records cannot be read.
links_of() {
  recorded=$(observe_records) || return 1
  printf '%s\n' "$2" -- "$recorded" | awk -v owner="$owner" -v group="$1" "$routing_group_awk" | sort
}

# Switches forwarding off again on links of the record that was, where neither the record as it will be nor another owner names it ("LINK forwards
# FAMILY/KEY"), unless the host forwards by now anyway.
end_forwarding() {
  was_forwarding || return 0
  printf '%s\n' "$1" -- "$before" -- "$(own_notes "$before")" | awk -v owner="$owner" "$forwarding_end_awk" | while read -r link key; do
    conf=/proc/sys/net/${key%%/*}/conf
    [ ! -e "$conf/$link/${key#*/}" ] || [ "$(cat "$conf/default/${key#*/}")" != 0 ] || echo 0 >"$conf/$link/${key#*/}"
  done
}

# Switches it on again on links of the record that was.
resume_forwarding() {
  was_forwarding || return 0
  own_notes "$before" | awk '$2 == "forwards" { print $1, $3 }' | while read -r link key; do
    file=/proc/sys/net/${key%%/*}/conf/$link/${key#*/}
    [ ! -e "$file" ] || echo 1 >"$file"
  done
}

was_forwarding() { case $before in *' forwards '*) ;; *) return 1 ;; esac; }

names_routing() { case $1 in *' routing '*) ;; *) return 1 ;; esac; }

# Which firewall takes the rules of a group: "nft" or "iptables"; else why none does, and fails.
firewall() {
  if refused=$(rules_of nft "$1"); then
    echo nft
  elif more=$(rules_of iptables/mangle "$1") && { [ ! -d /proc/sys/net/ipv6 ] || more=$(rules_of ip6tables/mangle "$1"); }; then
    echo iptables
  else
    printf '%s\n' "routing needs nftables or iptables on this host" "$refused" "$more" | awk 'NF { printf "%s%s", sep, $0; sep = n++ ? "; " : ": " }'
    return 1
  fi
}

# Whether rules of a group belong at a place. Those that accept, where something else in the chain may drop: Docker does so at its next start.
belongs_at() {
  case $1 in
  nft) [ "$2" = nft ] ;;
  */mangle) [ "$2" = iptables ] && { [ "$1" = iptables/mangle ] || [ -d /proc/sys/net/ipv6 ]; } ;;
  */filter)
    case $3 in *' routing between'*) ;; *) return 1 ;; esac
    has_table "${1%/*}" filter && { command -v docker >/dev/null || "${1%/*}" -w -S FORWARD | grep -qvx -e '-P FORWARD ACCEPT' -e "-A FORWARD -j vlan-trunk-$number"; }
    ;;
  esac
}

# Our rules as they are now, in the words of the firewall. A table that is not loaded is not asked for, because the question would load it.
rules_at() {
  case $1 in
  nft) ! command -v nft >/dev/null || nft list table inet "vlan_trunk_$number" 2>/dev/null ;;
  *) ! is_loaded "${1%/*}" "${1#*/}" || "${1%/*}" -w -t "${1#*/}" -S 2>/dev/null | own_chains ;;
  esac
}

# The same as they have to be, in the same words: by the firewall itself, in a network namespace that ends with it. May fail: with its words.
rules_of() {
  names_routing "$2" || return 0
  tool=${1%/*}
  command -v "$tool" >/dev/null || { echo "$tool is missing"; return 1; }
  if [ "$1" = nft ]; then
    rules_text nft "$2" 0 | unshare -n sh -c 'nft -f - && exec nft list table inet "$1"' sh "vlan_trunk_$number" 2>&1
  else
    listed=$(rules_text "${1#*/}" "$2" 0 | unshare -n sh -c '"$1-restore" --wait --noflush && exec "$1" -w -t "$2" -S' sh "$tool" "${1#*/}" 2>&1) ||
      { printf '%s\n' "$listed"; return 1; }
    printf '%s\n' "$listed" | own_chains
  fi
}

change_rules() {
  if [ "$1" = nft ]; then
    rules_text nft "$2" 0 | nft -f -
  else
    rules_text "${1#*/}" "$2" "$3" | "${1%/*}-restore" --wait --noflush
  fi
}

rules_text() {
  printf '%s\n' "$2" | awk -v form="$1" -v name="$([ "$1" = nft ] && echo "vlan_trunk_$number" || echo "vlan-trunk-$number")" -v jumps="$3" "$routing_awk"
}

own_chains() { awk -v name="vlan-trunk-$number" '$2 == name || $2 == name "-from" || $2 == name "-to" || $0 == "-A FORWARD -j " name'; }

# A name of $group that is short enough, and has no letter that is not allowed there.
number_group() {
  number=$(printf '%s\n' "$group" | cksum)
  number=${number%% *}
}

has_table() { command -v "$1" >/dev/null && "$1" -w -t "$2" -S FORWARD >/dev/null 2>&1; }

# That of the older kind of iptables is a module of the kernel, which the first question loads.
is_loaded() {
  command -v "$1" >/dev/null || return 1
  case $("$1" -V 2>/dev/null) in *nf_tables*) ;; *) grep -qx "$2" "/proc/net/${1%tables}_tables_names" 2>/dev/null ;; esac
}
