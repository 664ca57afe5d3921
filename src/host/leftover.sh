# Removes a Docker network or container that a killed run has left behind: made, and never recorded in the state.
# Reads: $all, with the line "-- vlan-trunk leftover network|container NAME OWNER"; docker with the PATH that ssh gives it.
# Prints: the fact "leftover", with one of: absent | removed | foreign | used CONTAINERS | failed WORDS.
# Fails: never.
# shellcheck disable=SC2046 # KIND NAME OWNER
set -- $(printf '%s\n' "$all" | sed -n 's/^-- vlan-trunk leftover //p')
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
elif [ "$kind" = network ] && users=$(docker ps --all --filter "network=$1" --format '{{.Names}}') && [ -n "$users" ]; then
  # A run makes containers only once their network is recorded. So this one is more than a leftover, or somebody has used it since.
  fact leftover used "$(printf '%s\n' "$users" | tr '\n' ' ')"
elif [ "$kind" = network ] && said=$(docker network rm "$1" 2>&1); then
  fact leftover removed
elif [ "$kind" = container ] && said=$(docker rm --force --volumes "$1" 2>&1); then
  fact leftover removed
else
  fact leftover failed "$(printf '%s\n' "$said" | tr '\n' ' ')"
fi
