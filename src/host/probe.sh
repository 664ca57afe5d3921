# Says whether this user can use Docker here, with the PATH that ssh gives it, as the docker provider will. Changes nothing.
if command -v docker >/dev/null; then
  docker version --format "{{.Server.Version}}" 2>&1 | tr "\n" " "
else
  echo missing
fi
