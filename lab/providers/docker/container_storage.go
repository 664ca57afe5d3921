package docker

import (
	"errors"
	"fmt"
	"os"

	"github.com/docker/docker/api/types/blkiodev"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/mount"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

func setStorage(d *schema.ResourceData, host *container.HostConfig) error {
	for _, entry := range elements(d, "mounts") {
		host.Mounts = append(host.Mounts, mountOf(entry))
	}
	for _, entry := range elements(d, "devices") {
		inside := entry["container_path"].(string)
		if inside == "" {
			inside = entry["host_path"].(string)
		}
		host.Devices = append(host.Devices, container.DeviceMapping{
			PathOnHost: entry["host_path"].(string), PathInContainer: inside,
			CgroupPermissions: entry["permissions"].(string),
		})
	}
	for _, entry := range elements(d, "volumes") {
		from, path := entry["from_container"].(string), entry["container_path"].(string)
		switch {
		case from == "" && path == "":
			return errors.New("Unable to parse volumes: volume entry without container path or source container") //nolint
		case from != "" && path != "":
			return errors.New("Unable to parse volumes: both a container and a path specified in a volume entry") //nolint
		case from != "":
			host.VolumesFrom = append(host.VolumesFrom, from)
		default:
			host.Binds = append(host.Binds, bindOf(entry)...)
		}
	}
	return nil
}

// bindOf is none for an anonymous volume: that is only named among the container's volumes.
func bindOf(entry object) []string {
	source := entry["host_path"].(string)
	if source == "" {
		source = entry["volume_name"].(string)
	}
	if source == "" {
		return nil
	}
	mode := "rw"
	if entry["read_only"].(bool) {
		mode = "ro"
	}
	if relabel := entry["selinux_relabel"].(string); relabel != "" {
		mode += "," + relabel
	}
	return []string{fmt.Sprintf("%s:%s:%s", source, entry["container_path"], mode)}
}

func volumePaths(d *schema.ResourceData) map[string]struct{} {
	var paths map[string]struct{}
	for _, entry := range elements(d, "volumes") {
		if path := entry["container_path"].(string); path != "" {
			if paths == nil {
				paths = map[string]struct{}{}
			}
			paths[path] = struct{}{}
		}
	}
	return paths
}

func mountOf(entry object) mount.Mount {
	m := mount.Mount{
		Type:     mount.Type(entry["type"].(string)),
		Target:   entry["target"].(string),
		Source:   entry["source"].(string),
		ReadOnly: entry["read_only"].(bool),
	}
	// Options of another kind of mount are left out, not refused.
	switch m.Type {
	case mount.TypeBind:
		for _, o := range nested(entry, "bind_options") {
			m.BindOptions = &mount.BindOptions{Propagation: mount.Propagation(o["propagation"].(string))}
		}
	case mount.TypeVolume:
		for _, o := range nested(entry, "volume_options") {
			m.VolumeOptions = &mount.VolumeOptions{
				NoCopy:  o["no_copy"].(bool),
				Labels:  labelMap(o["labels"]),
				Subpath: o["subpath"].(string),
				DriverConfig: &mount.Driver{
					Name: o["driver_name"].(string), Options: textsByName(o["driver_options"]),
				},
			}
		}
	case mount.TypeTmpfs:
		for _, o := range nested(entry, "tmpfs_options") {
			m.TmpfsOptions = &mount.TmpfsOptions{
				SizeBytes: int64(o["size_bytes"].(int)), Mode: os.FileMode(o["mode"].(int)),
			}
		}
	}
	return m
}

func nested(entry object, name string) []object {
	list, _ := entry[name].([]any)
	return objects(list)
}

func throttles(d *schema.ResourceData, name string) []*blkiodev.ThrottleDevice {
	var devices []*blkiodev.ThrottleDevice
	for _, entry := range elements(d, name) {
		devices = append(devices, &blkiodev.ThrottleDevice{
			Path: entry["path"].(string), Rate: uint64(entry["rate"].(int)),
		})
	}
	return devices
}
