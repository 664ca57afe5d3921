package docker

import (
	"slices"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/mount"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

func storageState(d *schema.ResourceData, found container.InspectResponse) object {
	host := found.HostConfig
	values := object{"tmpfs": host.Tmpfs, "storage_opts": host.StorageOpt, "mounts": mounts(host)}
	// The official one names a label's value wrongly when it reads, and does not see that nothing of the mounts is then kept.
	if slices.ContainsFunc(host.Mounts, hasLabels) {
		values["mounts"] = d.Get("mounts")
	}
	return values
}

func hasLabels(m mount.Mount) bool { return m.VolumeOptions != nil && len(m.VolumeOptions.Labels) > 0 }

func mounts(host *container.HostConfig) []any {
	list := []any{}
	for _, m := range host.Mounts {
		entry := object{
			"target": m.Target, "source": m.Source, "type": string(m.Type), "read_only": m.ReadOnly,
		}
		if o := m.BindOptions; o != nil {
			entry["bind_options"] = []any{object{"propagation": string(o.Propagation)}}
		}
		if o := m.VolumeOptions; o != nil {
			options := object{"no_copy": o.NoCopy, "labels": labelSet(o.Labels)}
			if o.DriverConfig != nil {
				options["driver_name"], options["driver_options"] = o.DriverConfig.Name, o.DriverConfig.Options
			}
			if o.Subpath != "" {
				options["subpath"] = o.Subpath
			}
			entry["volume_options"] = []any{options}
		}
		if o := m.TmpfsOptions; o != nil {
			entry["tmpfs_options"] = []any{object{"size_bytes": int(o.SizeBytes), "mode": int(o.Mode)}}
		}
		list = append(list, entry)
	}
	return list
}

// devices names the inner path only where the program does for some entry of this device: the engine always fills it in.
func devices(d *schema.ResourceData, mapped []container.DeviceMapping) []any {
	named := map[string]bool{}
	for _, entry := range elements(d, "devices") {
		if entry["container_path"].(string) != "" {
			named[entry["host_path"].(string)] = true
		}
	}
	list := []any{}
	for _, device := range mapped {
		entry := object{"host_path": device.PathOnHost, "permissions": device.CgroupPermissions}
		if named[device.PathOnHost] {
			entry["container_path"] = device.PathInContainer
		}
		list = append(list, entry)
	}
	return list
}
