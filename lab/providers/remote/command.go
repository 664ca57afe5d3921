// Package remote is the `remote` module of the command provider. The package's name is part of the resource's token.
package remote

import "github.com/pulumi/pulumi-go-provider/infer"

// Command is `command:remote:Command`. It has no Read, no Check and no Diff of its own: what the library does by itself
// is what the official provider does too, so refresh never sees a change.
type Command struct{}

// CommandInputs is what a program may give. The field order and the pointers matter to nobody, the tags to the schema.
type CommandInputs struct {
	Triggers               *[]any            `pulumi:"triggers,optional" provider:"replaceOnChanges"`
	Create                 *string           `pulumi:"create,optional"`
	Update                 *string           `pulumi:"update,optional"`
	Delete                 *string           `pulumi:"delete,optional"`
	Stdin                  *string           `pulumi:"stdin,optional"`
	Logging                *Logging          `pulumi:"logging,optional"`
	Connection             *Connection       `pulumi:"connection" provider:"secret"`
	Environment            map[string]string `pulumi:"environment,optional"`
	AddPreviousOutputInEnv *bool             `pulumi:"addPreviousOutputInEnv,optional"`
}

// CommandOutputs is what the state holds: every input, and what the last run printed.
type CommandOutputs struct {
	CommandInputs
	Stdout string `pulumi:"stdout"`
	Stderr string `pulumi:"stderr"`
}

// Logging says which of the command's streams the engine shows; both where it is not given.
type Logging string

const (
	logStdout Logging = "stdout"
	logStderr Logging = "stderr"
	logBoth   Logging = "stdoutAndStderr"
	logNone   Logging = "none"
)

// Values makes the schema an enum, so that Check refuses any other word.
func (Logging) Values() []infer.EnumValue[Logging] {
	return []infer.EnumValue[Logging]{
		{Name: string(logStdout), Value: logStdout},
		{Name: string(logStderr), Value: logStderr},
		{Name: string(logBoth), Value: logBoth},
		{Name: string(logNone), Value: logNone},
	}
}

func (l *Logging) shows(stream Logging) bool {
	return l == nil || *l == stream || *l == logBoth
}
