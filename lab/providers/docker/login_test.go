package docker

import (
	"testing"

	"github.com/docker/docker/api/types/registry"
)

func TestLoginIsThatOfTheRegistryInTheName(t *testing.T) {
	logins := map[string]registry.AuthConfig{}
	for _, host := range []string{"registry-1.docker.io", "127.0.0.1:5000", "localhost", "team", "docker.io"} {
		logins[host] = registry.AuthConfig{Username: host}
	}
	for name, want := range map[string]string{
		"nginx":                     "registry-1.docker.io",
		"team/app:1":                "registry-1.docker.io",
		"docker.io/library/nginx":   "docker.io",
		"127.0.0.1:5000/team/app:1": "127.0.0.1:5000",
		"localhost/app":             "localhost",
		"quay.io/app":               "",
	} {
		if got := loginFor(&engine{logins: logins}, name).Username; got != want {
			t.Errorf("%s: login of %q, want that of %q", name, got, want)
		}
	}
}
