# In front of plan.awk: subnets, and the addresses and routes that would take packets away from another link of the host, or from us.
# Reads: the variables of spec.awk and plan.awk. Prints: problems. May fail: never.
# An address as a row of 0 and 1.
function bits(address) {
  if (!(address in rowOf)) rowOf[address] = row_of(address)
  return rowOf[address]
}
function row_of(address, half, row, tail) {
  if (!index(address, ":")) return groups(address, "[.]", 8)
  split(address, half, "::"); row = groups(half[1], ":", 16); tail = groups(half[2], ":", 16)
  while (length(row tail) < 128) row = row "0"
  return row tail
}
function groups(text, separator, width, group, count, i, bit, number, row) {
  count = split(text, group, separator)
  for (i = 1; i <= count; i++) {
    number = width == 16 ? hex(group[i]) : group[i] + 0
    for (bit = width == 16 ? 32768 : 128; bit >= 1; bit /= 2) if (number >= bit) { row = row "1"; number -= bit } else row = row "0"
  }
  return row
}
function hex(text, i, number) {
  for (i = 1; i <= length(text); i++) number = number * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
  return number + 0
}
function family(address) { return index(address, ":") ? 6 : 4 }
function prefix(block) { return substr(block, index(block, "/") + 1) + 0 }
# Whether a link with this address is where packets to others go. A link-local one holds on its link only.
function is_subnet(address) {
  return index(address, "/") && address !~ /^fe80:/ && !(address ~ /:.*[.]/) && prefix(address) < (family(address) == 6 ? 128 : 32)
}
function overlap(a, b, least) {
  least = prefix(a) < prefix(b) ? prefix(a) : prefix(b)
  return family(a) == family(b) && substr(bits(bare(a)), 1, least) == substr(bits(bare(b)), 1, least)
}
function holds(block, address) { return overlap(block, address (family(address) == 6 ? "/128" : "/32")) }
observed == 1 && $1 == "address" && is_subnet($3) { subnetsOn[$2] = subnetsOn[$2] " " $3 }
# Whether the link has that subnet already, also by an address that goes.
function has_subnet(link, block, i, n, there) {
  n = split(subnetsOn[link], there, " ")
  for (i = 1; i <= n; i++) if (prefix(there[i]) == prefix(block) && overlap(there[i], block)) return 1
  return 0
}
# Whether the link has a subnet that holds an address.
function reaches(link, address, i, n, there) {
  n = split(subnetsOn[link], there, " ")
  for (i = 1; i <= n; i++) if (holds(there[i], address)) return 1
  return 0
}
# The subnets of all links, found by their first bits: a host may have thousands of them.
function put_on(link, block, f, l) {
  onLink[++onLinks] = link " " block
  f = family(block); l = prefix(block)
  if (!((f, l) in lengthKnown)) { lengthKnown[f, l] = 1; lengths[f] = lengths[f] " " l }
}
function sort_subnets(i, j, n, part, size, row, f) {
  for (i = 1; i <= onLinks; i++) {
    split(onLink[i], part, " "); f = family(part[2]); row = bits(bare(part[2]))
    n = split(lengths[f], size, " ")
    for (j = 1; j <= n; j++) {
      if (size[j] + 0 == prefix(part[2])) sameAs[f, size[j], substr(row, 1, size[j])] = sameAs[f, size[j], substr(row, 1, size[j])] " " i
      else if (size[j] + 0 < prefix(part[2])) inside[f, size[j], substr(row, 1, size[j])] = inside[f, size[j], substr(row, 1, size[j])] " " i
    }
  }
}
# Sets meeting[1 .. n] to the numbers, in their order, of the subnets on other links that overlap a block; returns n. "around": not of those inside it.
function meet(link, block, where, i, j, n, row, f, size, list, one, part, first, last, numbers, is, count) {
  f = family(block); row = bits(bare(block)); n = split(lengths[f], size, " ")
  list = where == "around" ? "" : inside[f, prefix(block), substr(row, 1, prefix(block))]
  for (i = 1; i <= n; i++) if (size[i] + 0 <= prefix(block)) list = list sameAs[f, size[i], substr(row, 1, size[i])]
  n = split(list, numbers, " "); last = 0
  for (i = 1; i <= n; i++) {
    one = numbers[i] + 0; split(onLink[one], part, " ")
    if (part[1] == link) continue
    is[one] = 1
    if (!last || one < first) first = one
    if (one > last) last = one
  }
  count = 0
  if (last) for (i = first; i <= last; i++) if (i in is) meeting[++count] = i
  return count
}
# The subnet of a new address. Of a subnet on two links, packets to its machines go over one of them.
function check_subnet(link, block, i, n, part) {
  if (block ~ /^fe80:/) return
  if (peer != "" && holds(block, peer) && !reaches(link, peer)) problem(block " on " link " holds " peer ", from where this host is reached: it could be cut off")
  if (!is_subnet(block) || has_subnet(link, block)) return
  n = meet(link, block, "any")
  for (i = 1; i <= n; i++) {
    split(onLink[meeting[i]], part, " ")
    if ((link, block, part[1]) in reported || (part[1], part[2], link) in reported) continue
    reported[link, block, part[1]] = 1
    problem(block " on " link " overlaps " part[2] " of " part[1])
  }
}
# A route into the subnet of another link, whose machines it takes away. The one of a shim's parent is where its containers are.
function check_way(link, block, i, n, part) {
  if (peer != "" && holds(block, peer)) problem(block " over " link " holds " peer ", from where this host is reached: it could be cut off")
  n = meet(link, block, "around")
  for (i = 1; i <= n; i++) {
    split(onLink[meeting[i]], part, " ")
    if (isShim && part[1] == nic || (link, block, part[1]) in reported) continue
    reported[link, block, part[1]] = 1
    problem(block " over " link " lies in " part[2] " of " part[1])
  }
}
