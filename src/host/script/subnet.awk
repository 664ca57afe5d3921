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
# Whether the link has that subnet already, also by an address that goes.
function has_subnet(link, block, i, part) {
  for (i = 1; i <= founds; i++) {
    split(found[i], part, " ")
    if (part[1] == link && part[2] == "address" && is_subnet(part[3]) && prefix(part[3]) == prefix(block) && overlap(part[3], block)) return 1
  }
  return 0
}
# Whether the link has a subnet that holds an address.
function reaches(link, address, i, part) {
  for (i = 1; i <= founds; i++) {
    split(found[i], part, " ")
    if (part[1] == link && part[2] == "address" && is_subnet(part[3]) && holds(part[3], address)) return 1
  }
  return 0
}
# The subnet of a new address. Of a subnet on two links, packets to its machines go over one of them.
function check_subnet(link, block, i, part) {
  if (block ~ /^fe80:/) return
  if (peer != "" && holds(block, peer) && !reaches(link, peer)) problem(block " on " link " holds " peer ", from where this host is reached: it could be cut off")
  if (!is_subnet(block) || has_subnet(link, block)) return
  for (i = 1; i <= onLinks; i++) {
    split(onLink[i], part, " ")
    if (part[1] == link || !overlap(part[2], block)) continue
    if ((link, block, part[1]) in reported || (part[1], part[2], link) in reported) continue
    reported[link, block, part[1]] = 1
    problem(block " on " link " overlaps " part[2] " of " part[1])
  }
}
# A route into the subnet of another link, whose machines it takes away. The one of a shim's parent is where its containers are.
function check_way(link, block, i, part) {
  if (peer != "" && holds(block, peer)) problem(block " over " link " holds " peer ", from where this host is reached: it could be cut off")
  for (i = 1; i <= onLinks; i++) {
    split(onLink[i], part, " ")
    if (part[1] == link || isShim && part[1] == nic || (link, block, part[1]) in reported) continue
    if (prefix(block) < prefix(part[2]) || !overlap(part[2], block)) continue
    reported[link, block, part[1]] = 1
    problem(block " over " link " lies in " part[2] " of " part[1])
  }
}
