package docker

import (
	"errors"
	"testing"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/image"
	"github.com/docker/go-connections/nat"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

func same[T comparable](t *testing.T, found, wanted T) {
	t.Helper()
	if found != wanted {
		t.Errorf("found %v, wanted %v", found, wanted)
	}
}

func TestSchemasAreValid(t *testing.T) {
	if err := declared().InternalValidate(); err != nil {
		t.Fatal(err)
	}
}

func TestDecimalWritesCPUsAsTheOfficialProviderDoes(t *testing.T) {
	for nano, wanted := range map[int64]string{
		1_000_000_000: "1.0", 1_500_000_000: "1.5", 250_000_000: "0.25", 10_000_000_000: "10.", 50_000_000: "0.1", 10_000_000: "0.0",
	} {
		same(t, decimal(nano), wanted)
	}
}

func TestDigestIsThatOfTheNamedRepository(t *testing.T) {
	found := &image.InspectResponse{RepoDigests: []string{"other@sha256:1", "host:5000/box@sha256:2"}}
	same(t, digestOf("host:5000/box:latest", found), "host:5000/box@sha256:2")
	same(t, digestOf("host:5000/box", found), "host:5000/box@sha256:2")
	same(t, digestOf("absent", found), "")
}

func TestPortsAreListedByTheirInnerPort(t *testing.T) {
	ports := objects(portList(nat.PortMap{
		"443/tcp": {{HostIP: "0.0.0.0", HostPort: "8443"}},
		"53/udp":  {{HostIP: "::", HostPort: "53"}},
	}))
	same(t, len(ports), 2)
	same(t, ports[0]["internal"].(int), 53)
	same(t, ports[0]["protocol"].(string), "udp")
	same(t, ports[1]["external"].(int), 8443)
}

func TestPortsInAnotherOrderAreTheSameUnlessOneIsPublishedTwice(t *testing.T) {
	port := func(internal, external int) object {
		return object{"internal": internal, "external": external, "ip": "0.0.0.0", "protocol": "tcp"}
	}
	same(t, isPublished(port(443, 8443), []object{port(80, 8080), port(443, 8443)}), true)
	same(t, isPublished(port(80, 8081), []object{port(80, 8080), port(80, 8081)}), false)
	same(t, isPublished(port(53, 53), []object{port(80, 8080)}), false)
}

func TestDevicesNameTheInnerPathWhereOneEntryOfTheDeviceDoes(t *testing.T) {
	d := schema.TestResourceDataRaw(t, containerFields(), object{"name": "c", "image": "i", "devices": []any{
		object{"host_path": "/dev/a", "container_path": "/dev/b"}, object{"host_path": "/dev/a"}, object{"host_path": "/dev/c"},
	}})
	mapped := []container.DeviceMapping{
		{PathOnHost: "/dev/a", PathInContainer: "/dev/b"}, {PathOnHost: "/dev/a", PathInContainer: "/dev/a"}, {PathOnHost: "/dev/c", PathInContainer: "/dev/c"},
	}
	for index, wanted := range []any{"/dev/b", "/dev/a", nil} {
		same(t, devices(d, mapped)[index].(object)["container_path"], wanted)
	}
}

func TestBindsNameSourceTargetAndMode(t *testing.T) {
	entry := object{
		"host_path": "/data", "volume_name": "", "container_path": "/in", "read_only": true, "selinux_relabel": "z",
	}
	same(t, bindOf(entry)[0], "/data:/in:ro,z")
	entry["host_path"] = ""
	same(t, len(bindOf(entry)), 0)
}

func TestErrorsAreKnownByTheirWordsInAnyCase(t *testing.T) {
	same(t, saysAny(errors.New("Network x Has Active Endpoints"), "has active endpoints"), true)
	same(t, saysAny(errors.New("no such network"), "has active endpoints"), false)
}
