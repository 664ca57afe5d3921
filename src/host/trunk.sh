# Ensures, checks or removes what one owner declares on this host: the VLAN subinterfaces of a trunk, or a shim.
#
#   apply    make the links, verify them, undo everything when one check fails
#   check    say what would go wrong, change nothing
#   remove   take away what apply made, and nothing else
#
# The declaration is in $spec, one word list a line (see trunkSpec.ts):
#   owner OWNER | parent LINK [declared] | vlan LINK ID PROTOCOL MTU-or-dash | shim LINK macvlan|ipvlan MODE[/FLAG]
#   address LINK CIDR | route LINK CIDR GATEWAY-or-dash SOURCE-or-dash | sysctl LINK ipv4|ipv6 KEY VALUE
# "declared" is a parent that the same program makes, so that check does not miss it. A sysctl is set on links only that
# we made. $peer is the address that we are connected from, where there is one.
#
# A link that we made carries the alias "vlan-trunk" in the kernel; a link without it was there before us, is used
# as it is, and is never deleted. $records/OWNER notes which links an owner uses and what it changed on them, so that
# a link that two stacks use goes with the second one only.
set -fu
LC_ALL=C
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH
records=/var/lib/vlan-trunk

# Every line of what is said carries our name, so that it can be told from the words of ssh and sudo.
fail() {
  printf '%s\n' "$@" | sed 's/^/vlan-trunk: /' >&2
  exit 1
}

[ "$(id -u)" = 0 ] || fail "needs root on this host and runs as $(id -un): set sudo on the Host"
for tool in ip awk flock; do
  command -v "$tool" >/dev/null || fail "$tool is missing on this host (Debian packages: iproute2, mawk, util-linux)"
done

# What is there, one fact a line: link NAME PARENT KIND DETAIL MTU up|down made|found, address LINK CIDR [FLAGS],
# sysctl LINK FAMILY KEY VALUE, route LINK CIDR GATEWAY SOURCE PROTOCOL WORDS-FOR-IP, note OWNER LINK TEXT.
# KIND and DETAIL are vlan ID/PROTOCOL, macvlan MODE, ipvlan MODE/FLAG, or dashes.
observe() {
  # By patterns and not word by word: a line has eighty, and a host may have thousands of links.
  ip -o -d link show | awk '
    function words(pattern) { return match($0, pattern) ? split(substr($0, RSTART, RLENGTH), word, " ") : 0 }
    {
      name = $2; sub(/:$/, "", name); parent = "-"
      if (split(name, half, "@") == 2) { name = half[1]; parent = half[2] }
      mtu = words(" mtu [0-9]+") ? word[2] : "-"
      kind = detail = "-"
      if (words(" vlan protocol [^ ]+ id [0-9]+")) { kind = word[1]; detail = word[5] "/" word[3] }
      else if (words(" macvlan mode [^ ]+")) { kind = word[1]; detail = word[3] }
      else if (words(" ipvlan +mode [^ ]+ [^ ]+")) { kind = word[1]; detail = word[3] "/" (word[4] ~ /^(private|vepa)$/ ? word[4] : "bridge") }
      print "link", name, parent, kind, detail, mtu, ($3 ~ /[<,]UP[,>]/ ? "up" : "down"), (/ alias vlan-trunk( |$)/ ? "made" : "found")
    }' || return 1
  ip -o addr show | awk '{ print "address", $2, $4 (/ tentative/ ? " tentative" : "") (/ dadfailed/ ? " dadfailed" : "") }' || return 1
  printf '%s\n' "$spec" | awk '$1 == "sysctl" {
    file = "/proc/sys/net/" $3 "/conf/" $2 "/" $4
    if ((getline value <file) > 0) print "sysctl", $2, $3, $4, value
    close(file)
  }' || return 1
  observe_routes 4 && { [ ! -d /proc/sys/net/ipv6 ] || observe_routes 6; } || return 1
  [ ! -d "$records" ] || find "$records" -type f ! -name ".*" -exec awk '{ n = split(FILENAME, part, "/"); print "note", part[n], $0 }' {} +
}

# The routes over the links of the spec, and those to the same destinations: a router may have a million others. Those of
# the kernel's own come and go with addresses.
observe_routes() {
  { printf '%s\n--\n' "$spec"; ip -"$1" -o route show table main; } | awk -v whole="$(($1 == 4 ? 32 : 128))" '
    $1 == "--" { observed = 1; next }
    !observed && ($1 == "vlan" || $1 == "shim") { ours[$2] = 1 }
    !observed && $1 == "route" { declared[$3] = 1 }
    !observed { next }
    {
      kind = ""
      if ($1 ~ /^[a-z]+$/ && $1 != "default") { kind = $1; $1 = ""; $0 = $0 }
      to = ($1 == "default") ? (whole == 32 ? "0.0.0.0/0" : "::/0") : $1 (index($1, "/") ? "" : "/" whole)
      if (/ proto kernel / && !(to in declared)) next
      link = via = source = protocol = "-"; words = to
      for (i = 2; i <= NF; i++) {
        if ($i == "dev") link = (link == "-") ? $(i + 1) : "several"
        if ($i == "via") via = $(i + 1)
        if ($i == "src") source = $(i + 1)
        if ($i == "proto") protocol = $(i + 1)
        # What the kernel says of a route, and does not take back.
        if ($i == "expires" || $i == "error") i++
        else if ($i !~ /^(linkdown|dead|offload|rt_offload|trap|rt_trap|offload_failed)$/) words = words " " $i
      }
      if (kind != "") link = kind
      if (link in ours || to in declared) print "route", link, to, via, source, protocol, words
    }'
}

# Shared by the awk programs below: reads the spec, then "--", then an observation.
read_spec='
  function problem(text) { print "problem " text }
  function note(link, text) { if (!((link, text) in noted)) { noted[link, text] = 1; print "note " link " " text } }
  function keep_note(n) { note(noteLink[n], noteKey[n] (noteValue[n] == "" ? "" : " " noteValue[n])) }
  function place(kind, detail, parent, part) {
    split(detail, part, "/")
    return (kind == "vlan" ? "VLAN " part[1] " (" part[2] ")" : kind " " part[1] (part[2] == "" ? "" : " " part[2])) " on " parent
  }
  function way(via, source) { return (via == "-" ? "directly" : "via " via) (source == "-" ? "" : " from " source) }
  function bare(address) { sub(/\/.*/, "", address); return address }
  $1 == "--" { observed++; next }
  !observed && $1 == "owner"   { owner = $2 }
  !observed && $1 == "parent"  { nic = $2; comes = ($3 == "declared") }
  !observed && $1 == "vlan"    { order[++count] = $2; wantKind[$2] = $1; wantDetail[$2] = $3 "/" $4; wantMtu[$2] = $5 }
  !observed && $1 == "shim"    { order[++count] = $2; wantKind[$2] = $3; wantDetail[$2] = $4; wantMtu[$2] = "-"; isShim = 1 }
  !observed && $1 == "address" { wanted[++addresses] = $2 " " $3; want[$2, "address", $3] = 1 }
  !observed && $1 == "route"   { wantedRoute[++routes] = $2 " " $3 " " $4 " " $5; want[$2, "route", $3] = 1 }
  !observed && $1 == "sysctl"  { wantedSysctl[++sysctls] = $2 " " $3 " " $4; wantValue[$2, $3, $4] = $5 }
  observed == 1 && $1 == "link" {
    seen[$2] = 1; parent[$2] = $3; kind[$2] = $4; detail[$2] = $5; mtu[$2] = $6; state[$2] = $7; made[$2] = $8
    if ($4 == "vlan") taken[$3, $5] = $2
    else if ($4 == "-" && $2 != "lo") nics = nics (nics == "" ? "" : ", ") $2
    if ($4 == "ipvlan") lastIpvlan[$3] = $2
  }
  observed == 1 && $1 == "address" { has[$2, $1, $3] = 1; if (/ dadfailed/) failed[$2, $3] = 1; found[++founds] = $2 " " $1 " " $3 }
  observed == 1 && $1 == "route"   { has[$2, $1, $3] = 1; found[++founds] = $2 " " $1 " " $3; via[$2, $3] = $4; source[$2, $3] = $5 }
  observed == 1 && $1 == "sysctl"  { value[$2, $3, $4] = $5 }
  observed == 1 && $1 == "note" && $2 == owner { notes++; noteLink[notes] = $3; noteKey[notes] = $4; noteValue[notes] = $5; uses[$3, $4, $5] = 1 }
  observed == 1 && $1 == "note" && $2 != owner { theirs[$3, $4, $5] = 1; if ($4 == "used") others[$3] = 1 }
'

# Prints what to do: "problem TEXT", the steps for take_steps, and as "note LINK TEXT" all that the record has to say
# afterwards. No problem and no step means that the host is as declared, so the same text plans and verifies.
plan() {
  printf '%s\n--\n%s\n' "$spec" "$1" | awk -v peer="$peer" -v action="$action" "$read_spec"'
    # An address as a row of 0 and 1.
    function bits(address, half, row, tail) {
      if (!index(address, ":")) return groups(address, "[.]", 8)
      split(address, half, "::"); row = groups(half[1], ":", 16); tail = groups(half[2], ":", 16)
      while (length(row tail) < 128) row = row "0"
      return row tail
    }
    function groups(text, separator, width, group, count, i, bit, number, row) {
      count = split(text, group, separator)
      for (i = 1; i <= count; i++) {
        number = width == 16 ? hex(group[i]) : group[i] + 0
        for (bit = 2 ^ (width - 1); bit >= 1; bit /= 2) if (number >= bit) { row = row "1"; number -= bit } else row = row "0"
      }
      return row
    }
    function hex(text, i, number) {
      for (i = 1; i <= length(text); i++) number = number * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
      return number + 0
    }
    function holds(block, address, part) {
      split(block, part, "/")
      return (index(block, ":") > 0) == (index(address, ":") > 0) && substr(bits(part[1]), 1, part[2]) == substr(bits(address), 1, part[2])
    }
    END {
      # A shim of another kind, name or parent is another one: the old one goes before. Only check sees it still.
      for (n = 1; n <= notes; n++) {
        link = noteLink[n]
        if (action != "check" || !isShim || noteKey[n] != "used" || made[link] != "made" || link in others) continue
        if (link in wantKind && kind[link] == wantKind[link] && detail[link] == wantDetail[link] && parent[link] == nic) continue
        leaves[link] = 1; delete seen[link]
      }
      if (!(nic in seen) && !(comes && action == "check")) { problem("there is no interface " nic " on this host, it has " nics); exit }
      for (n = 1; n <= count; n++) {
        link = order[n]; here = place(wantKind[link], wantDetail[link], nic); m = wantMtu[link]
        fits[link] = 0
        if (link in seen) {
          there = wantKind[link] == kind[link] ? place(kind[link], detail[link], parent[link]) : "no " (wantKind[link] == "vlan" ? "VLAN" : wantKind[link])
          if (there == here) fits[link] = 1
          else problem(link " is already there as " there ", declared is " here)
        } else if ((nic, wantDetail[link]) in taken)
          problem(here " is already there as " taken[nic, wantDetail[link]] ", declared is " link ": give that interfaceName to use it")
        # The mode belongs to the parent: a second one would change the first one too, and those in containers.
        else if (wantKind[link] == "ipvlan" && nic in lastIpvlan && !(lastIpvlan[nic] in leaves) && detail[lastIpvlan[nic]] != wantDetail[link])
          problem(link ": " lastIpvlan[nic] " is already there as " place("ipvlan", detail[lastIpvlan[nic]], nic) ", and all ipvlan of one parent have one mode")
        if (m != "-" && nic in seen && m + 0 > mtu[nic] + 0) problem(link ": MTU " m " is above the " mtu[nic] " of " nic)
        if (fits[link] && made[link] == "found" && m != "-" && m != mtu[link])
          problem(link " was not made by vlan-trunk and has MTU " mtu[link] ", declared is " m ": leave mtu out to use it as it is")
        ours[link] = fits[link] ? made[link] == "made" : 1
      }
      # What is ours and declared no more: it is no obstacle to what is declared.
      for (n = 1; n <= notes; n++) {
        link = noteLink[n]; key = noteKey[n]; thing = noteValue[n]
        if (link in wantKind && (key == "address" || key == "route") && !((link, key, thing) in want)) {
          dropped[link, key, thing] = 1
          if (!((link, key, thing) in theirs)) goes[link, key, thing] = 1
        }
      }
      for (n = 1; n <= founds; n++) {
        split(found[n], word, " ")
        if ((word[1], word[2], word[3]) in goes || word[1] in leaves) continue
        if (word[2] == "address") { at[bare(word[3])] = word[1]; as[bare(word[3])] = word[3] }
        else if (!((word[1], word[2], word[3]) in want)) over[word[3]] = word[1]
      }
      for (n = 1; n <= addresses; n++) {
        split(wanted[n], word, " "); address = bare(word[2])
        # A link-local address holds on one link only: a router often has the same one on each.
        if ((word[1], word[2]) in failed) problem(word[2] " is taken by another machine on " word[1])
        if (address in at && at[address] != word[1] && address !~ /^fe80:/)
          problem(word[2] " is already on " at[address] (as[address] == word[2] ? "" : " as " as[address]) ", declared is " word[1])
      }
      for (n = 1; n <= routes; n++) {
        split(wantedRoute[n], word, " "); link = word[1]; to = word[2]; routeStep[n] = ""
        same = (link, "route", to) in has && via[link, to] == word[3] && (word[4] == "-" || source[link, to] == word[4])
        if (to in over) problem(to " is already routed over " over[to] ", declared is " link)
        else if ((link, "route", to) in has && !same && !((link, "route", to) in uses))
          problem(to " is already routed over " link " " way(via[link, to], source[link, to]) ", declared is " way(word[3], word[4]))
        else if (!same) {
          routeStep[n] = "do route " ((link, "route", to) in has ? "replace " : "add ") to (word[3] == "-" ? "" : " via " word[3]) " dev " link " proto static" (word[4] == "-" ? "" : " src " word[4])
          if (peer != "" && holds(to, peer)) problem(to " over " link " holds " peer ", from where this host is reached: it could be cut off")
        }
      }
      # Routes first, since one with a source goes by itself together with that address.
      for (turn = 1; turn <= 2; turn++) for (n = 1; n <= notes; n++) {
        link = noteLink[n]; key = noteKey[n]; thing = noteValue[n]
        if ((turn == 1) == (key == "route") && (link, key, thing) in goes && (link, key, thing) in has)
          print "do " (key == "route" ? "route" : "addr") " del " thing " dev " link
      }
      for (n = 1; n <= notes; n++) if (!((noteLink[n], noteKey[n], noteValue[n]) in dropped)) keep_note(n)
      if (state[nic] != "up") { print "make link set dev " nic " up"; note(nic, "down") }
      for (n = 1; n <= count; n++) {
        link = order[n]; m = wantMtu[link] == "-" ? mtu[nic] : wantMtu[link]
        note(link, "used")
        if (!(link in seen)) {
          split(wantDetail[link], part, "/")
          print "make link add link " nic " name " link " type " wantKind[link] (wantKind[link] == "vlan" ? " protocol " part[2] " id " part[1] : " mode " part[1] " " part[2])
          print "make link set dev " link " alias vlan-trunk"
          print "make link set dev " link " mtu " m
        } else if (ours[link] && m != mtu[link]) print "do link set dev " link " mtu " m
      }
      # While the new links are still down, so that nothing happens on them under other settings.
      for (n = 1; n <= sysctls; n++) {
        split(wantedSysctl[n], word, " "); link = word[1]; wish = wantValue[link, word[2], word[3]]
        if (ours[link] && (!(link in seen) || ((link, word[2], word[3]) in value && value[link, word[2], word[3]] != wish)))
          print "set " word[2] " " link " " word[3] " " wish
      }
      for (n = 1; n <= count; n++) {
        link = order[n]
        if (!(link in seen) || state[link] != "up") print "do link set dev " link " up"
        if (fits[link] && made[link] == "found" && state[link] != "up") note(link, "down")
      }
      # What another owner has added is ours as well: it goes with the last of us.
      for (n = 1; n <= addresses; n++) {
        split(wanted[n], word, " "); isThere = (word[1], "address", word[2]) in has
        if (!isThere) print "do addr add " word[2] " dev " word[1]
        if (!isThere || (word[1], "address", word[2]) in theirs) note(word[1], "address " word[2])
      }
      for (n = 1; n <= routes; n++) {
        split(wantedRoute[n], word, " ")
        if (routeStep[n] != "") print routeStep[n]
        if (routeStep[n] != "" || (word[1], "route", word[2]) in theirs) note(word[1], "route " word[2])
      }
    }'
}

# The same for taking away: only what the notes say is ours, and nothing that another owner uses.
plan_removal() {
  printf '%s\n--\n%s\n' "$spec" "$1" | awk "$read_spec"'
    function ends(link) { return link in wantKind }
    END {
      for (n = 1; n <= count; n++) {
        link = order[n]
        if ((link, "used", "") in uses && link in seen && made[link] == "made" && !(link in others)) { deleted[link] = 1; print "do link del dev " link }
      }
      # A parent that was down when we came goes down again once none of its links is used any more.
      idle = (nic, "down", "") in uses
      for (n = 1; n <= notes; n++) if (noteKey[n] == "used" && !ends(noteLink[n]) && parent[noteLink[n]] == nic) idle = 0
      for (link in others) if (parent[link] == nic) idle = 0
      for (turn = 1; turn <= 2; turn++) for (n = 1; n <= notes; n++) {
        link = noteLink[n]; key = noteKey[n]; thing = noteValue[n]
        if (!ends(link) && !(idle && link == nic)) { if (turn == 2) keep_note(n); continue }
        if (link in deleted || !(link in seen) || (turn == 1) != (key == "route")) continue
        if ((key == "address" || key == "route") && (link, key, thing) in has && !((link, key, thing) in theirs))
          print "do " (key == "route" ? "route" : "addr") " del " thing " dev " link
        if (key == "down" && !(link in others)) print "do link set dev " link " down"
      }
    }'
}

# Reads two observations, prints the steps that lead from the second back to the first, for the links of the spec.
plan_undo() {
  printf '%s\n--\n%s\n--\n%s\n' "$spec" "$1" "$2" | awk "$read_spec"'
    observed && $1 == "route" && '"$restorable"' { words = $0; sub(/^([^ ]+ ){6}/, "", words); if (observed == 1) wordsOf[$2, $3] = words; else wordsNow[$2, $3] = words }
    observed == 2 && $1 == "link" && ($2 in wantKind || $2 == nic) {
      if (!($2 in seen)) { gone[$2] = 1; print "do link del dev " $2; next }
      if ($6 != mtu[$2]) print "do link set dev " $2 " mtu " mtu[$2]
      if ($7 != state[$2]) print "do link set dev " $2 " " state[$2]
    }
    observed == 2 && $1 == "sysctl" && $2 in seen && $5 != value[$2, $3, $4] { print "set " $3 " " $2 " " $4 " " value[$2, $3, $4] }
    # Link-local addresses come and go with the link itself.
    observed == 2 && $1 == "address" && $3 !~ /^fe80:/ { now[$2, "address", $3] = 1; present[++presents] = $2 " " $3 }
    END {
      for (key in wordsNow) {
        split(key, word, SUBSEP)
        if (!(word[1] in gone) && !(key in wordsOf)) print "do route del " word[2] " dev " word[1]
      }
      for (n = 1; n <= presents; n++) {
        split(present[n], word, " ")
        if ((word[1] in wantKind || word[1] == nic) && !(word[1] in gone) && !((word[1], "address", word[2]) in has)) print "do addr del " word[2] " dev " word[1]
      }
      for (key in has) {
        split(key, word, SUBSEP)
        if (word[2] == "address" && (word[1] in wantKind || word[1] == nic) && word[3] !~ /^fe80:/ && !(key in now)) print "do addr add " word[3] " dev " word[1]
      }
      for (key in wordsOf) if (wordsOf[key] != wordsNow[key]) print "do route replace " wordsOf[key]
    }'
}

# Reads two observations, prints the steps that give others' routes back which are in the first only: the kernel takes all of IPv4
# from a link with its last address, and with an address what has it as a source.
plan_return() {
  printf '%s\n--\n%s\n--\n%s\n' "$spec" "$1" "$2" | awk "$read_spec"'
    observed && $1 == "route" && '"$restorable"' { words = $0; sub(/^([^ ]+ ){6}/, "", words); if (observed == 1) wordsOf[$2, $3] = words; else now[$2, $3] = 1 }
    observed == 2 && $1 == "link" { still[$2] = 1 }
    END {
      for (key in wordsOf) {
        split(key, word, SUBSEP)
        isOurs = (word[1], "route", word[2]) in uses && !((word[1], "route", word[2]) in theirs)
        if (word[1] in still && !isOurs && !(key in now)) print "do route replace " wordsOf[key]
      }
    }'
}

# Gives back what can be given back, one by one, and prints the rest.
give_back() {
  [ -z "$(plan_return "$before" "$1")" ] || {
    plan_return "$before" "$1" | sed -n 's/^do //p' | while read -r line; do printf '%s\n' "$line" | ip -batch - >/dev/null 2>&1; done
    plan_return "$before" "$(observe)" | sed -n 's/^do route replace //p'
  }
}

# A route over a link of the spec that only its maker brings back: the kernel does so with addresses, a router with RAs.
restorable='$2 in wantKind && $6 !~ /^(kernel|ra|redirect)$/'

# The lines of an observation that a rollback must bring back.
facts() {
  printf '%s\n--\n%s\n' "$spec" "$1" | awk "$read_spec"'
    observed && $1 == "link" && ($2 in wantKind || $2 == nic)
    observed && $1 == "address" && ($2 in wantKind || $2 == nic) && $3 !~ /^fe80:/ { print $1, $2, $3 }
    observed && ($1 == "sysctl" || $1 == "route" && '"$restorable"')' | sort
}

part() { printf '%s\n' "$1" | sed -n "s/^$2 //p"; }
batch() { [ -z "$1" ] || printf '%s\n' "$1" | ip -batch - 2>&1; }

# IPv6 asks for up to two seconds whether another machine has an address (RFC 4862), and until then nobody can use it.
# Longer only where there is no cable: then it is told later, if at all.
settle() {
  [ -n "$(part "$spec" shim)" ] || return 0
  for second in 1 2 3; do
    printf '%s\n--\n%s\n' "$spec" "$(observe)" | awk "$read_spec"'
      observed && / tentative/ && !/ dadfailed/ && ($2, "address", $3) in want { waits = 1 }
      END { exit !waits }' || return 0
    sleep 1
  done
}

# Makes links ("make IP-COMMAND"), sets their sysctls ("set FAMILY LINK KEY VALUE"), then does the rest ("do IP-COMMAND").
take_steps() {
  batch "$(part "$1" make)" && set_sysctls "$(part "$1" set)" && batch "$(part "$1" do)"
}

steps() { printf '%s\n' "$1" | sed -n 's/^make /ip /p; s/^do /ip /p; s/^set /sysctl /p'; }

set_sysctls() {
  [ -z "$1" ] || printf '%s\n' "$1" | while read -r family link key value; do
    file=/proc/sys/net/$family/conf/$link/$key
    # A kernel without IPv6 has none to set, nor has a link with an MTU below 1280.
    [ ! -e "$file" ] || printf '%s\n' "$value" >"$file" || return 1
  done 2>&1
}

# Writes this owner's record whole; an empty one is no record.
write_record() {
  if [ -n "$1" ]; then
    mkdir -p "$records" && printf '%s\n' "$1" >"$records/.$owner" && mv "$records/.$owner" "$records/$owner"
  else
    rm -f "$records/$owner" && { [ ! -d "$records" ] || rmdir "$records" 2>/dev/null || true; }
  fi
}

own_notes() { printf '%s\n' "$1" | awk -v owner="$owner" '$1 == "note" && $2 == owner { sub(/^note [^ ]+ /, ""); print }'; }

# Undoes what this run changed, reads back, and says what was read.
roll_back() {
  for pass in 1 2; do
    take_steps "$(plan_undo "$before" "$(observe)")" >/dev/null
  done
  left=$(facts "$(observe)")
  [ "$left" = "$(facts "$before")" ] || fail "$@" "not all of it could be undone; now there is:" "$left"
  write_record "$(own_notes "$before")"
  fail "$@" "undone: the links are as they were before"
}

apply() {
  todo=$(plan "$before") || fail "could not plan, nothing was changed"
  problems=$(part "$todo" problem)
  [ -z "$problems" ] || fail "$problems" "nothing was changed"
  # The record comes first: noted and not there is harmless, there and not noted would stay for ever.
  write_record "$(part "$todo" note)" || fail "could not write to $records, nothing was changed"
  # A second pass, because the kernel takes secondary addresses away together with their primary one.
  for pass in 1 2; do
    said=$(take_steps "$todo") || roll_back "ip failed: $said"
    settle
    now=$(observe)
    todo=$(plan "$now")
    [ -n "$(steps "$todo")" ] || break
  done
  lost=$(give_back "$now")
  [ -z "$lost" ] || roll_back "$(printf '%s\n' "$lost" | sed 's/^/would be lost, and is not ours: route /')"
  wrong=$(part "$todo" problem; steps "$todo" | sed 's/^/had no effect: /')
  [ -z "$wrong" ] || roll_back "$wrong"
  echo "as declared: $(printf '%s\n' "$spec" | awk '$1 == "vlan" || $1 == "shim" { printf "%s%s", sep, $2; sep = " " }')"
}

check() {
  problems=$(part "$(plan "$before")" problem)
  [ -z "$problems" ] || fail "$problems"
  warn_of_routing IPv4 /proc/sys/net/ipv4/ip_forward iptables
  warn_of_routing IPv6 /proc/sys/net/ipv6/conf/all/forwarding ip6tables
}

# A host that forwards is a router between its VLANs, for whoever takes one of its addresses there as a gateway.
warn_of_routing() {
  [ "$(cat "$2" 2>/dev/null)" = 1 ] || return 0
  # The policy that Docker sets where it has switched forwarding on by itself.
  ! "$3" -S FORWARD 2>/dev/null | grep -q '^-P FORWARD DROP' || return 0
  printf '%s\n--\n%s\n' "$spec" "$before" | awk -v family="$1" "$read_spec"'
    function counts(link, address) {
      if ((index(address, ":") > 0) != (family == "IPv6") || address ~ /^(fe80:|169[.]254[.])/ || link in counted) return 0
      counted[link] = 1; names = names (names == "" ? "" : ", ") link
      return 1
    }
    END {
      for (n = 1; n <= addresses; n++) { split(wanted[n], word, " "); if (wantKind[word[1]] == "vlan") declared += counts(word[1], word[2]) }
      all = declared
      for (n = 1; n <= founds; n++) { split(found[n], word, " "); if (word[2] == "address" && kind[word[1]] == "vlan") all += counts(word[1], word[3]) }
      if (declared > 0 && all > 1) print "warning: the host forwards " family " and has addresses on " names ": it is a router between these VLANs, unless a firewall holds that back"
    }'
}

remove() {
  todo=$(plan_removal "$before") || fail "could not plan, nothing was removed"
  said=$(batch "$(part "$todo" do)") || fail "ip failed: $said"
  now=$(observe)
  give_back "$now" >/dev/null
  left=$(part "$(plan_removal "$now")" do | grep ' del ')
  [ -z "$left" ] || fail "still there after it was deleted:" "$left"
  write_record "$(part "$todo" note)" || fail "could not write to $records"
}

action=$1
# sshd's "ADDRESS PORT ADDRESS PORT"; an address may have a zone, or be an IPv4 one in IPv6 words.
peer=${2:-}
peer=${peer%%[ %]*}
case $peer in *.*) peer=${peer##*:} ;; esac
owner=$(printf '%s\n' "$spec" | awk '$1 == "owner" { print $2 }')
if [ "$action" != check ]; then
  # On a folder that every host has, so that no lock file of ours is left behind.
  exec 9</var/lib
  flock -w 60 9 || fail "another run has held the lock on this host for 60 s"
fi
before=$(observe) || fail "could not read the links of this host"
"$action"
