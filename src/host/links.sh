# Prints what links this host has, and what decides whether one can be a parent interface. Changes nothing.
# Prints: one fact a line behind a marker, see session.sh: all links, each with the one that it sits on; the ports of bridges and bonds; VLANs, bonds, and
# bridges with VLAN filtering, and what those let through; Wi-Fi.
# Fails: never; what cannot be found out is left out.
# One end of a veth sits on none that is here: its other end has a number only. An alias, at the end of a line, may hold anything, line ends too: see
# observeLinks.awk. busybox knows no -d.
links=$({ ip -o -d link show || ip -o link show; } 2>/dev/null | awk '
function words(pattern) { return match(text, pattern) ? split(substr(text, RSTART, RLENGTH), word, " ") : 0 }
function tell(at, name, below, master) {
  at = index(line, "\\    alias "); text = at ? substr(line, 1, at - 1) : line
  split(text, word, " "); name = word[2]; sub(/:$/, "", name)
  below = split(name, half, "@") > 1 ? half[2] : ""; name = half[1]
  if (at) {
    skip = -1
    while ((getline line <("/sys/class/net/" name "/ifalias")) > 0) skip++
    close("/sys/class/net/" name "/ifalias")
  }
  line = ""
  print "vlan-trunk-probe link", name (below == "" ? "" : " " below)
  if (words(" master [^ ]+")) {
    master = word[2]
    print "vlan-trunk-probe port", name, master (words("[\\\\] +[a-z]+_slave ") ? " " substr(word[2], 1, length(word[2]) - 6) : "")
  }
  if (words("[\\\\]    vlan protocol [^ ]+ id [0-9]+")) print "vlan-trunk-probe vlan", name, below, word[6], word[4]
  if (words("[\\\\]    bond mode [^ ]+")) print "vlan-trunk-probe bond", name, word[4]
  if (words("[\\\\]    bridge [^\\\\]* vlan_filtering 1 vlan_protocol [^ ]+")) print "vlan-trunk-probe filter", name, word[split(substr(text, RSTART, RLENGTH), word, " ")]
}
skip > 0 { skip--; next }
# iproute2 up to 5.10 starts a new line for each map of priorities.
/^      (egress|ingress)-qos-map [{]/ && line != "" { line = line "\\" $0; if (index(line, "\\    alias ")) tell(); next }
line != "" { tell() }
/^[0-9]+: [^ ]+ </ { line = $0; if (index(line, "\\    alias ")) tell() }
END { if (line != "") tell() }' 2>/dev/null)
[ -z "$links" ] || printf '%s\n' "$links"
# Asked only where a bridge filters.
case $links in *'vlan-trunk-probe filter '*)
  ! command -v bridge >/dev/null || fact bridge-vlans "$(bridge -compressvlans -j vlan show 2>/dev/null)" ;;
esac
for file in /sys/class/net/*/phy80211; do
  [ ! -e "$file" ] || { file=${file%/phy80211} && fact wireless "${file##*/}"; }
done
