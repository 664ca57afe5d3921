# What to do: "problem TEXT", the steps for take_steps, and as "note LINK TEXT" the complete record for afterwards. No problem and no step means
# that the host matches the spec, so the same program plans and verifies.
# Reads: the spec and an observation (spec.awk); action, peer. Prints: the plan. May fail: never.
# That it was down, and with which addresses: those do not show that another program has come to use it. What another owner brought up goes
# down with the last of us.
# At a boot it tells nothing: the managers of this host may not have brought it up yet.
function note_down(link, i, part) {
  if (action == "restore") return
  if (state[link] == "up" && !((link, "down", "") in theirs)) return
  note(link, "down")
  for (i = 1; i <= founds; i++) {
    split(found[i], part, " ")
    if (part[1] == link && part[2] == "address" && (state[link] != "up" || (link, "had", part[3]) in theirs)) note(link, "had " part[3])
  }
}
# Whatever sits on a link would go with it, out of running containers too.
function what_is_on(link, i, on) {
  on = outside[link]
  for (i = 1; i <= linkCount; i++) if (parent[links[i]] == link) on = on (on == "" ? "" : ", ") links[i]
  return on
}
# The same program may raise the MTU of an outer VLAN before: then it is checked there (nestedMtu.ts), and again before anything is changed.
function may_rise(link, m) { return comes && action == "check" && parent[link] in mtu && m + 0 <= mtu[parent[link]] + 0 }
# At the check, what the program has on it is still there.
function leave(link, on) {
  on = what_is_on(link)
  if (action != "check" && on != "") problem(link " is declared as another link: remove what sits on it, which is " on)
  refuse_link(link, "is declared as another link")
  delete seen[link]
}
# The kernel lowers the MTU of what sits on a link together with its own, and never raises it again.
function raise_children(link, m, i, n, child) {
  if (!childrenKnown++) for (i = 1; i <= linkCount; i++) if (made[links[i]] == "made") childrenOf[parent[links[i]]] = childrenOf[parent[links[i]]] " " links[i]
  n = split(childrenOf[link], child, " ")
  for (i = 1; i <= n; i++) if (mtu[child[i]] + 0 == mtu[link] + 0 && m + 0 > mtu[link] + 0) print "do link set dev " child[i] " mtu " m
}
# An address of others on another VLAN shows that somebody uses it.
function remake(link, there, here, on, i, part) {
  on = what_is_on(link)
  if (origin(kind[link], detail[link], parent[link]) != origin(wantKind[link], wantDetail[link], nic))
    for (i = 1; i <= founds; i++) {
      split(found[i], part, " ")
      if (part[1] == link && part[2] == "address" && is_added(link, part[3])) on = on (on == "" ? "" : ", ") part[3]
    }
  if (on != "") problem(link " was made anew as " there ", declared is " here ": remove what sits on it, which is " on)
  # A preview shows it as what the host has lost, once: by drift.awk as well where the spec is that of the last apply.
  else if (action == "check") print "drift " link " link " here " -- " there
  else print "warning " link " was made anew by another program as " there ", declared is " here ": it is replaced"
  refuse_link(link, "is to be made anew")
  remade[link] = 1
  delete seen[link]
}
# Rules of two owners hold together, so that they must not contradict.
function note_routing(link, other) {
  note(link, "routing " routing (group == "" ? "" : " " group))
  other = routing == "between" ? "isolated" : "between"
  if ((link, "routing", other) in theirs) problem(link ": routing is '" other "' by another component or stack, declared is '" routing "'")
}
# A shim has the rule of its VLAN only where one program declares both and puts the rule into the spec of the shim.
function warn_of_parent(link, rule) {
  rule = (nic, "routing", "isolated") in theirs ? "isolated" : "between"
  if (isShim && (nic, "routing", rule) in theirs)
    print "warning routing: '" rule "' of " nic ", which another component or stack declares, does not hold for " link ": give its network the VLAN of that trunk, and not its name"
}
# Of a link that was there before, only what the program declares must be so.
function check_qos(link, direction, from, i, n, now) {
  n = split(qosOf[link, direction], from, " ")
  for (i = 1; i <= n; i++) if ((link, direction, from[i]) in wantQos) break
  if (i > n || qos_words(link, direction, wantQos, qos) == "") return
  now = qos_words(link, direction, qos, noQos)
  problem(link " was not made by vlan-trunk and has " (now == "" ? "no " direction "-qos-map" : substr(now, 2)) ", declared is" substr(qos_words(link, direction, wantQos, noQos), length(direction) + 10) ": leave " direction "QosMap out to use it as it is")
}
function change_qos(link, direction, words) {
  words = qos_words(link, direction, wantQos, qos)
  if (words != "") print "do link set dev " link " type vlan" words
}
# An address that the same program moves from a VLAN to a shim on it is gone by the time that the shim is made.
function may_move(link, address) { return action == "check" && isShim && comes && link == nic && (link, "address", address) in theirs }
END {
  mark_leaving()
  for (n = 1; n <= notes; n++) if (noteKey[n] == "used" && noteLink[n] in leaves) leave(noteLink[n])
  # A VLAN that is declared no more goes after those that are.
  for (n = 1; n <= notes; n++) {
    link = noteLink[n]
    if (noteKey[n] == "used" && !(link in wantKind) && made_by_us(link) && !(link in others)) {
      departs[link] = 1
      if (!(link in leaves)) refuse_link(link, "is declared no more")
    }
  }
  if (!(nic in seen) && !(comes && action == "check")) { problem("there is no interface " nic " on this host, it has " nics); exit }
  for (n = 1; n <= count; n++) {
    link = order[n]; here = place(wantKind[link], wantDetail[link], nic); m = wantMtu[link]
    fits[link] = 0
    if (link in seen) {
      there = wantKind[link] == kind[link] ? place(kind[link], detail[link], parent[link]) : "no " (wantKind[link] == "vlan" ? "VLAN" : wantKind[link])
      if (there == here) fits[link] = 1
      else if (is_remade(link)) remake(link, there, here)
      else problem(link " is already there as " there ", declared is " here (link in recorded && made[link] != "made" ? ": another program made it in place of ours" : ""))
    } else if ((nic, wantDetail[link]) in taken && !(taken[nic, wantDetail[link]] in leaves))
      problem(here " is already there as " taken[nic, wantDetail[link]] ", declared is " link ": give that interfaceName to use it")
    # The mode belongs to the parent: a second one would change the first one too, and those in containers.
    else if (wantKind[link] == "ipvlan" && nic in lastIpvlan && !(lastIpvlan[nic] in leaves) && detail[lastIpvlan[nic]] != wantDetail[link])
      problem(link ": " lastIpvlan[nic] " is already there as " place("ipvlan", detail[lastIpvlan[nic]], nic) ", and all ipvlan of one parent have one mode")
    if (m != "-" && nic in seen && m + 0 > mtu[nic] + 0 && !may_rise(nic, m)) problem(link ": MTU " m " is above the " mtu[nic] " of " nic)
    if (fits[link] && !made_by_us(link) && m != "-" && m != mtu[link])
      problem(link " was not made by vlan-trunk and has MTU " mtu[link] ", declared is " m ": leave mtu out to use it as it is")
    if (fits[link] && !made_by_us(link)) { check_qos(link, "egress"); check_qos(link, "ingress") }
    ours[link] = fits[link] ? made_by_us(link) : !(link in seen)
    if (fits[link] && ours[link]) refuse_mtu(link, m == "-" ? mtu[nic] : m)
    if (!(link in seen) && wantKind[link] == "vlan") refuse_frames(link)
  }
  # What is ours and declared no more: it is no obstacle to what is declared.
  for (n = 1; n <= notes; n++) {
    link = noteLink[n]; key = noteKey[n]; thing = noteValue[n]
    if (link in wantKind && (key == "address" || key == "route") && !((link, key, thing) in want)) {
      dropped[link, key, thing] = 1
      if (!((link, key, thing) in theirs)) goes[link, key, thing] = 1
    }
  }
  refuse_going()
  # A link that is made anew has nothing at first. Addresses of others come back with it, and their routes after it (giveBack.awk).
  for (n = 1; n <= founds; n++) {
    split(found[n], word, " ")
    if (!(word[1] in remade || word[1] in leaves)) continue
    delete has[word[1], word[2], word[3]]
    if (word[1] in remade && word[2] == "address" && word[3] !~ /^fe80:/ && !((word[1], word[3]) in advertised) && !((word[1], word[2], word[3]) in want) && !((word[1], word[2], word[3]) in goes))
      back[++backs] = "do addr add " word[3] " dev " word[1]
  }
  for (n = 1; n <= founds; n++) {
    split(found[n], word, " ")
    if ((word[1], word[2], word[3]) in goes || word[1] in leaves) continue
    if (word[2] == "address" && (word[1] in departs || may_move(word[1], word[3]))) continue
    if (word[2] == "address" && is_subnet(word[3])) put_on(word[1], word[3])
    if (word[2] == "address") { at[bare(word[3])] = word[1]; as[bare(word[3])] = word[3] }
    else if (!((word[1], word[2], word[3]) in want)) over[word[3]] = word[1]
  }
  for (n = 1; n <= addresses; n++) {
    split(wanted[n], word, " ")
    if (is_subnet(word[2]) && !((word[1], "address", word[2]) in has)) put_on(word[1], word[2])
  }
  sort_subnets()
  for (n = 1; n <= addresses; n++) {
    split(wanted[n], word, " "); address = bare(word[2])
    # A link-local address holds on one link only: a router often has the same one on each.
    if ((word[1], word[2]) in failed) problem(word[2] " is taken by another machine on " word[1])
    if (!((word[1], "address", word[2]) in has)) refuse_gateway(word[1], word[2])
    if (address in at && at[address] != word[1] && address !~ /^fe80:/)
      problem(word[2] " is already on " at[address] (as[address] == word[2] ? "" : " as " as[address]) ", declared is " word[1])
    # What was applied once stays right, also where it must be put back.
    else if (!((word[1], "address", word[2]) in has) && !((word[1], "address", word[2]) in uses)) check_subnet(word[1], word[2])
  }
  for (n = 1; n <= routes; n++) {
    split(wantedRoute[n], word, " "); link = word[1]; to = word[2]; routeStep[n] = ""
    same = (link, "route", to) in has && via[link, to] == word[3] && (word[4] == "-" || source[link, to] == word[4])
    if (to in before) problem(to " is already routed over " before[to] ", declared is " link)
    else if (to in over) problem(to " is already routed over " over[to] ", declared is " link)
    else if ((link, "route", to) in has && !same && !((link, "route", to) in uses))
      problem(to " is already routed over " link " " way(via[link, to], source[link, to]) ", declared is " way(word[3], word[4]))
    else if (!same) {
      routeStep[n] = "do route " ((link, "route", to) in has ? "replace " : "add ") to (word[3] == "-" ? "" : " via " word[3]) " dev " link " proto static" (word[4] == "-" ? "" : " src " word[4])
      if ((link, "route", to) in has || !((link, "route", to) in uses)) check_way(link, to)
    }
  }
  # Routes first, because the kernel removes a route together with the address that is its source.
  for (turn = 1; turn <= 2; turn++) for (n = 1; n <= notes; n++) {
    link = noteLink[n]; key = noteKey[n]; thing = noteValue[n]
    if ((turn == 1) == (key == "route") && (link, key, thing) in goes && (link, key, thing) in has)
      print "do " (key == "route" ? "route" : "addr") " del " thing " dev " link (key == "route" ? by_metric(thing) : "")
  }
  for (n = 1; n <= notes; n++) {
    link = noteLink[n]; key = noteKey[n]
    if ((link, key, noteValue[n]) in dropped || key == "departs" && action != "restore" || (key == "made" || key == "routing" || key == "forwards") && link in wantKind) continue
    if (link in leaves && !(link in wantKind)) continue
    keep_note(n)
    if (key == "used" && !(link in wantKind) && action != "restore") note(link, "departs")
  }
  for (n = 1; n <= notes; n++) if (noteKey[n] == "used" && noteLink[n] in leaves) print "make link del dev " noteLink[n]
  if (state[nic] != "up") print "make link set dev " nic " up"
  note_down(nic)
  for (n = 1; n <= count; n++) {
    link = order[n]; m = wantMtu[link] == "-" ? mtu[nic] : wantMtu[link]
    note(link, "used")
    if (routing != "") note_routing(link); else warn_of_parent(link)
    if (ours[link]) note(link, "made " origin(wantKind[link], wantDetail[link], nic))
    if (link in remade) print "make link del dev " link
    if (!(link in seen)) {
      split(wantDetail[link], part, "/")
      print "make link add link " nic " name " link " type " wantKind[link] (wantKind[link] == "vlan" ? " protocol " part[2] " id " part[1] qos_words(link, "egress", wantQos, noQos) qos_words(link, "ingress", wantQos, noQos) : " mode " part[1] " " part[2])
      print "make link set dev " link " alias vlan-trunk"
      print "make link set dev " link " mtu " m
    } else if (ours[link]) {
      if (made[link] != "made") print "do link set dev " link " alias vlan-trunk"
      if (m != mtu[link]) { print "do link set dev " link " mtu " m; raise_children(link, m) }
      change_qos(link, "egress"); change_qos(link, "ingress")
    }
  }
  # While the new links are still down, so that nothing happens on them under other settings.
  for (n = 1; n <= sysctls; n++) {
    split(wantedSysctl[n], word, " "); link = word[1]; wish = wantValue[link, word[2], word[3]]
    # Forwarding is the only one that has to be set on a link of others, too.
    forwards = (word[3] ~ /forwarding$/ ? "forwards " word[2] "/" word[3] : "")
    if ((ours[link] || forwards != "") && (!(link in seen) || ((link, word[2], word[3]) in value && value[link, word[2], word[3]] != wish))) {
      print "set " word[2] " " link " " word[3] " " wish
      if (forwards != "") note(link, forwards)
    } else if (forwards != "" && ((link, "forwards", word[2] "/" word[3]) in uses || (link, "forwards", word[2] "/" word[3]) in theirs)) note(link, forwards)
  }
  for (n = 1; n <= count; n++) {
    link = order[n]
    if (!(link in seen) || state[link] != "up") print "do link set dev " link " up"
    if (fits[link] && !ours[link]) note_down(link)
  }
  for (n = 1; n <= backs; n++) print back[n]
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
}
