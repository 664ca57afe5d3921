#!/bin/bash
# The same layout by a shell script: one ssh session a host, all hosts side by side.
#
#   trunk.sh up|noop|destroy FOLDER
#
# FOLDER holds `hosts` (a line each: name, address), `ssh_config`, and for each host `NAME.vlans`, a line each:
# VLAN ID, link, network, subnet, gateway, IP range, container, address. Without containers the line ends after the link.
set -euo pipefail
verb=$1 folder=$2
parent=eth0 image=busybox

# What a host has to do, as one script for its shell.
remote_up() {
  local id link network subnet gateway range container address
  echo 'set -e'
  echo "ip -batch - <<'IN'"
  while read -r id link network subnet gateway range container address; do
    echo "link add link $parent name $link up type vlan id $id"
  done <"$1"
  echo 'IN'
  while read -r id link network subnet gateway range container address; do
    [ -n "$network" ] || continue
    echo "docker network create --driver macvlan --subnet $subnet --gateway $gateway --ip-range $range -o parent=$link $network >/dev/null"
    echo "docker run --detach --name $container --network $network --ip $address $image sleep 1000000 >/dev/null"
  done <"$1"
}

# Compares what is there with what should be: one call for all links, one for all networks, one for all containers.
remote_noop() {
  local id link network subnet gateway range container address
  local links='' networks='' containers='' network_names='' container_names=''
  while read -r id link network subnet gateway range container address; do
    links+="$link@$parent $id UP"$'\n'
    [ -n "$network" ] || continue
    network_names+=" $network" container_names+=" $container"
    networks+="$network macvlan $link $subnet $gateway $range"$'\n'
    containers+="/$container $image true $network $address"$'\n'
  done <"$1"
  echo 'set -e'
  # <FLAGS> hold LOWER_UP and UP; the id is the second word after "802.1Q".
  echo "seen=\$(ip -d -o link show type vlan | awk '{ id = \"\"; for (i = 1; i < NF; i++) if (\$i == \"id\") id = \$(i + 1); sub(/:\$/, \"\", \$2); print \$2, id, (\$3 ~ /[<,]UP[,>]/ ? \"UP\" : \"DOWN\") }')"
  echo "diff <(printf '%s' '$links' | sort) <(sort <<<\"\$seen\")"
  [ -n "$network_names" ] || return 0
  echo "seen=\$(docker network inspect --format '{{.Name}} {{.Driver}} {{.Options.parent}} {{range .IPAM.Config}}{{.Subnet}} {{.Gateway}} {{.IPRange}}{{end}}'$network_names)"
  echo "diff <(printf '%s' '$networks') <(echo \"\$seen\")"
  echo "seen=\$(docker container inspect --format '{{.Name}} {{.Config.Image}} {{.State.Running}} {{range \$name, \$at := .NetworkSettings.Networks}}{{\$name}} {{\$at.IPAddress}}{{end}}'$container_names)"
  echo "diff <(printf '%s' '$containers') <(echo \"\$seen\")"
}

remote_destroy() {
  local id link network subnet gateway range container address
  local links='' networks='' containers=''
  while read -r id link network subnet gateway range container address; do
    links+="link del $link"$'\n' networks+=" $network" containers+=" $container"
  done <"$1"
  echo 'set -e'
  if [ -n "${containers// /}" ]; then
    echo "docker rm --force$containers >/dev/null"
    echo "docker network rm$networks >/dev/null"
  fi
  echo "ip -batch - <<'IN'"
  echo "${links}IN"
}

pids=()
while read -r name address; do
  # As one argument: from a pipe a shell reads its script byte by byte.
  ssh -n -F "$folder/ssh_config" "root@$address" "$("remote_$verb" "$folder/$name.vlans")" &
  pids+=($!)
done <"$folder/hosts"
for pid in "${pids[@]}"; do wait "$pid"; done
