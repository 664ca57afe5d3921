# Removes a Docker network or container that is in no state: a killed run has made and not recorded it, or a removal that failed has let the engine forget
# it, together with the containers on it.
# Reads: the data, a line "-- vlan-trunk leftover network|container NAME OWNER"; docker with the PATH that ssh gives it.
# Prints: the fact "leftover", with one of: absent | removed CONTAINERS | foreign | used CONTAINERS | failed WORDS.
# Fails: never.
# shellcheck disable=SC2046 # KIND NAME OWNER
set -- $(data | sed -n 's/^-- vlan-trunk leftover //p')
kind=$1 name=$2 owner=$3
case $kind in
network) format='{{.ID}} {{.Name}} {{index .Labels "vlan-trunk.owner"}}' ;;
container) format='{{.ID}} {{slice .Name 1}} {{index .Config.Labels "vlan-trunk.owner"}}' ;;
esac
# Docker takes a word also for the beginning of an ID.
# shellcheck disable=SC2046 # ID NAME OWNER
set -- $(docker "$kind" inspect --format "$format" "$name" 2>/dev/null)
if [ "${2:-}" != "$name" ]; then
  fact leftover absent
elif [ "${3:-}" != "$owner" ]; then
  fact leftover foreign
else
  id=$1 users=
  [ "$kind" = container ] || users=$(docker ps --all --no-trunc --filter "network=$id" --format '{{.ID}} {{.Label "vlan-trunk.owner"}} {{.Names}}')
  # Containers of this owner are made only once their network is recorded: the engine knows of them as little.
  theirs=$(printf '%s\n' "$users" | awk -v owner="$owner" 'NF && ($2 != owner || NF != 3) { print $NF }')
  # shellcheck disable=SC2046 # IDs, one word each
  if [ "$kind" = network ]; then set -- $(printf '%s\n' "$users" | awk 'NF { print $1 }'); else set -- "$id"; fi
  if [ -n "$theirs" ]; then
    fact leftover used "$(printf '%s\n' "$theirs" | tr '\n' ' ')"
  elif said=$({ [ $# = 0 ] || docker rm --force --volumes "$@"; } 2>&1 && { [ "$kind" = container ] || docker network rm "$id"; } 2>&1); then
    fact leftover removed "$(printf '%s\n' "$users" | awk 'NF { print $NF }' | tr '\n' ' ')"
  else
    fact leftover failed "$(printf '%s\n' "$said" | tr '\n' ' ')"
  fi
fi
