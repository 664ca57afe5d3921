# Ensures, checks or removes the VLAN subinterfaces of one trunk on this host.
#
#   apply    make the links, verify them, undo everything when one check fails
#   check    say what would go wrong, change nothing
#   remove   take away what apply made, and nothing else
#
# The declaration is in $spec, one word list a line (see trunkSpec.ts):
#   owner OWNER | parent NIC | vlan LINK ID PROTOCOL MTU-or-dash | address LINK CIDR
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

# What is there, one fact a line: link NAME PARENT ID PROTOCOL MTU up|down made|found, address LINK CIDR,
# note OWNER LINK TEXT.
observe() {
  ip -o -d link show | awk '{
    name = $2; sub(/:$/, "", name); parent = "-"
    if (split(name, half, "@") == 2) { name = half[1]; parent = half[2] }
    mtu = id = protocol = "-"; made = "found"
    state = ($3 ~ /[<,]UP[,>]/) ? "up" : "down"
    for (i = 4; i < NF; i++) {
      if ($i == "mtu") mtu = $(i + 1)
      if ($i == "alias" && $(i + 1) == "vlan-trunk") made = "made"
      if ($i == "vlan" && $(i + 1) == "protocol") { protocol = $(i + 2); id = $(i + 4) }
    }
    print "link", name, parent, id, protocol, mtu, state, made
  }' || return 1
  ip -o addr show | awk '{ print "address", $2, $4 }' || return 1
  [ ! -d "$records" ] || find "$records" -type f ! -name ".*" -exec awk '{ n = split(FILENAME, part, "/"); print "note", part[n], $0 }' {} +
}

# Shared by the awk programs below: reads the spec, then "--", then an observation.
read_spec='
  function problem(text) { print "problem " text }
  function place(id, parent, protocol) { return "VLAN " id " (" protocol ") on " parent }
  function note(link, text) { if (!((link, text) in noted)) { noted[link, text] = 1; print "note " link " " text } }
  $1 == "--" { observed++; next }
  !observed && $1 == "owner"   { owner = $2 }
  !observed && $1 == "parent"  { nic = $2 }
  !observed && $1 == "vlan"    { order[++count] = $2; wantId[$2] = $3; wantProtocol[$2] = $4; wantMtu[$2] = $5 }
  !observed && $1 == "address" { wanted[++addresses] = $2 " " $3; want[$2, $3] = 1 }
  observed == 1 && $1 == "link" {
    seen[$2] = 1; parent[$2] = $3; id[$2] = $4; protocol[$2] = $5; mtu[$2] = $6; state[$2] = $7; made[$2] = $8
    if ($4 != "-") taken[$3, $4, $5] = $2
    else if ($2 != "lo") nics = nics (nics == "" ? "" : ", ") $2
  }
  observed == 1 && $1 == "address" { has[$2, $3] = 1; at[$3] = $2 }
  observed == 1 && $1 == "note" && $2 == owner { notes++; noteLink[notes] = $3; noteKey[notes] = $4; noteValue[notes] = $5; uses[$3, $4] = 1 }
  observed == 1 && $1 == "note" && $2 != owner && $4 == "used" { others[$3] = 1 }
'

# Prints what to do: "problem TEXT", "do IP-COMMAND", and as "note LINK TEXT" all that the record has to say afterwards.
# No problem and nothing to do means that the host is as declared, so the same text plans and verifies.
plan() {
  printf '%s\n--\n%s\n' "$spec" "$1" | awk "$read_spec"'
    END {
      if (!(nic in seen)) { problem("there is no interface " nic " on this host, it has " nics); exit }
      for (n = 1; n <= count; n++) {
        link = order[n]; here = place(wantId[link], nic, wantProtocol[link]); m = wantMtu[link]
        fits[link] = 0
        if (link in seen) {
          found = id[link] == "-" ? "no VLAN" : place(id[link], parent[link], protocol[link])
          if (found == here) fits[link] = 1
          else problem(link " is already there as " found ", declared is " here)
        } else if ((nic, wantId[link], wantProtocol[link]) in taken)
          problem(here " is already there as " taken[nic, wantId[link], wantProtocol[link]] ", declared is " link ": give that interfaceName to use it")
        if (m != "-" && m + 0 > mtu[nic] + 0) problem(link ": MTU " m " is above the " mtu[nic] " of " nic)
        if (fits[link] && made[link] == "found" && m != "-" && m != mtu[link])
          problem(link " was not made by vlan-trunk and has MTU " mtu[link] ", declared is " m ": leave mtu out to use it as it is")
      }
      for (n = 1; n <= addresses; n++) {
        split(wanted[n], word, " ")
        # A link-local address holds on one link only: a router often has the same one on each.
        if (word[2] in at && at[word[2]] != word[1] && word[2] !~ /^fe80:/) problem(word[2] " is already on " at[word[2]] ", declared is " word[1])
      }
      for (n = 1; n <= notes; n++) {
        link = noteLink[n]; text = noteKey[n] (noteValue[n] == "" ? "" : " " noteValue[n])
        if (noteKey[n] == "address" && link in wantId && !((link, noteValue[n]) in want)) {
          if ((link, noteValue[n]) in has) print "do addr del " noteValue[n] " dev " link
        } else note(link, text)
      }
      if (state[nic] != "up") { print "do link set dev " nic " up"; note(nic, "down") }
      for (n = 1; n <= count; n++) {
        link = order[n]; m = wantMtu[link] == "-" ? mtu[nic] : wantMtu[link]
        note(link, "used")
        if (!(link in seen)) {
          print "do link add link " nic " name " link " type vlan protocol " wantProtocol[link] " id " wantId[link]
          print "do link set dev " link " alias vlan-trunk"
          print "do link set dev " link " mtu " m
        } else if (made[link] == "made" && m != mtu[link]) print "do link set dev " link " mtu " m
        if (!(link in seen) || state[link] != "up") print "do link set dev " link " up"
        if (fits[link] && made[link] == "found" && state[link] != "up") note(link, "down")
      }
      for (n = 1; n <= addresses; n++) {
        split(wanted[n], word, " ")
        if (!((word[1], word[2]) in has)) { print "do addr add " word[2] " dev " word[1]; note(word[1], "address " word[2]) }
      }
    }'
}

# The same for taking away: only what the notes say is ours, and no link that another owner uses.
plan_removal() {
  printf '%s\n--\n%s\n' "$spec" "$1" | awk "$read_spec"'
    function ends(link) { return link in wantId }
    END {
      for (n = 1; n <= count; n++) {
        link = order[n]
        if ((link, "used") in uses && link in seen && made[link] == "made" && !(link in others)) { deleted[link] = 1; print "do link del dev " link }
      }
      # A parent that was down when we came goes down again once none of its links is used any more.
      idle = (nic, "down") in uses
      for (n = 1; n <= notes; n++) if (noteKey[n] == "used" && !ends(noteLink[n]) && parent[noteLink[n]] == nic) idle = 0
      for (link in others) if (parent[link] == nic) idle = 0
      for (n = 1; n <= notes; n++) {
        link = noteLink[n]
        if (!ends(link) && !(idle && link == nic)) { note(link, noteKey[n] (noteValue[n] == "" ? "" : " " noteValue[n])); continue }
        if (link in deleted || !(link in seen) || link in others) continue
        if (noteKey[n] == "address" && (link, noteValue[n]) in has) print "do addr del " noteValue[n] " dev " link
        if (noteKey[n] == "down") print "do link set dev " link " down"
      }
    }'
}

# Reads two observations, prints the ip commands that lead from the second back to the first, for the links of the spec.
plan_undo() {
  printf '%s\n--\n%s\n--\n%s\n' "$spec" "$1" "$2" | awk "$read_spec"'
    observed == 2 && $1 == "link" && ($2 in wantId || $2 == nic) {
      if (!($2 in seen)) { gone[$2] = 1; print "link del dev " $2; next }
      if ($6 != mtu[$2]) print "link set dev " $2 " mtu " mtu[$2]
      if ($7 != state[$2]) print "link set dev " $2 " " state[$2]
    }
    # Link-local addresses come and go with the link itself.
    observed == 2 && $1 == "address" && $3 !~ /^fe80:/ { now[$2, $3] = 1; present[++presents] = $2 " " $3 }
    END {
      for (n = 1; n <= presents; n++) {
        split(present[n], word, " ")
        if ((word[1] in wantId || word[1] == nic) && !(word[1] in gone) && !((word[1], word[2]) in has)) print "addr del " word[2] " dev " word[1]
      }
      for (key in has) {
        split(key, word, SUBSEP)
        if ((word[1] in wantId || word[1] == nic) && word[2] !~ /^fe80:/ && !(key in now)) print "addr add " word[2] " dev " word[1]
      }
    }'
}

# The lines of an observation that a rollback must bring back.
facts() {
  printf '%s\n--\n%s\n' "$spec" "$1" | awk "$read_spec"'
    observed && ($1 == "link" || $1 == "address") && ($2 in wantId || $2 == nic) && $3 !~ /^fe80:/' | sort
}

part() { printf '%s\n' "$1" | sed -n "s/^$2 //p"; }
batch() { [ -z "$1" ] || printf '%s\n' "$1" | ip -batch - 2>&1; }

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
  batch "$(plan_undo "$before" "$(observe)")" >/dev/null
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
    said=$(batch "$(part "$todo" do)") || roll_back "ip failed: $said"
    todo=$(plan "$(observe)")
    [ -n "$(part "$todo" do)" ] || break
  done
  wrong=$(part "$todo" problem; part "$todo" do | sed 's/^/had no effect: ip /')
  [ -z "$wrong" ] || roll_back "$wrong"
  echo "as declared: $(printf '%s\n' "$spec" | awk '$1 == "vlan" { printf "%s%s", sep, $2; sep = " " }')"
}

check() {
  problems=$(part "$(plan "$before")" problem)
  [ -z "$problems" ] || fail "$problems"
}

remove() {
  todo=$(plan_removal "$before") || fail "could not plan, nothing was removed"
  said=$(batch "$(part "$todo" do)") || fail "ip failed: $said"
  left=$(part "$(plan_removal "$(observe)")" "do link del dev")
  [ -z "$left" ] || fail "still there after it was deleted:" "$left"
  write_record "$(part "$todo" note)" || fail "could not write to $records"
}

owner=$(printf '%s\n' "$spec" | awk '$1 == "owner" { print $2 }')
if [ "$1" != check ]; then
  # On a folder that every host has, so that no lock file of ours is left behind.
  exec 9</var/lib
  flock -w 60 9 || fail "another run has held the lock on this host for 60 s"
fi
before=$(observe) || fail "could not read the links of this host"
"$1"
