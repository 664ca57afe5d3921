package remote

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"golang.org/x/crypto/ssh"
)

// run executes one command on a connection of its own and keeps what it printed.
func (s *CommandOutputs) run(ctx context.Context, command string) error {
	client, err := s.Connection.dial(ctx)
	if err != nil {
		return err
	}
	session, err := client.NewSession()
	if err != nil {
		return err
	}
	defer session.Close()
	if err := s.setEnvironment(ctx, session); err != nil {
		return err
	}
	if s.Stdin != nil && *s.Stdin != "" {
		session.Stdin = strings.NewReader(*s.Stdin)
	}

	var stdout, stderr, both bytes.Buffer
	logged, log := io.Pipe()
	session.Stdout = s.tee(logStdout, log, &stdout, &both)
	session.Stderr = s.tee(logStderr, log, &stderr, &both)
	shown := make(chan struct{})
	go func() {
		defer close(shown)
		showLines(ctx, logged)
	}()
	err = session.Run(command)
	log.Close()
	<-shown
	if err != nil {
		return fmt.Errorf("%w: running %q:\n%s", err, command, both.String())
	}
	s.Stdout = strings.TrimSuffix(stdout.String(), "\n")
	s.Stderr = strings.TrimSuffix(stderr.String(), "\n")
	return nil
}

func (s *CommandOutputs) tee(stream Logging, log io.Writer, kept ...io.Writer) io.Writer {
	if s.Logging.shows(stream) {
		kept = append(kept, log)
	}
	return io.MultiWriter(kept...)
}

// showLines sends lines to the engine as passing status, which only the interactive display keeps. It gives up at a line
// of more than 64 KiB, and the command then hangs on its next write: the official one does the same (read, not seen).
func showLines(ctx context.Context, lines io.Reader) {
	scanner := bufio.NewScanner(lines)
	for scanner.Scan() {
		p.GetLogger(ctx).InfoStatus(scanner.Text())
	}
}

// setEnvironment passes the given variables, which the server must accept, and the last run's output, which it may not.
func (s *CommandOutputs) setEnvironment(ctx context.Context, session *ssh.Session) error {
	for name, value := range s.Environment {
		if err := session.Setenv(name, value); err != nil {
			p.GetLogger(ctx).Error(refusedVariable(name))
			return fmt.Errorf("could not set environment variable %q: %w", name, err)
		}
	}
	if s.AddPreviousOutputInEnv != nil && !*s.AddPreviousOutputInEnv {
		return nil
	}
	previous := []struct{ name, value string }{
		{"PULUMI_COMMAND_STDOUT", s.Stdout},
		{"PULUMI_COMMAND_STDERR", s.Stderr},
	}
	for _, variable := range previous {
		if variable.value == "" {
			continue
		}
		if err := session.Setenv(variable.name, variable.value); err != nil {
			p.GetLogger(ctx).Warning(refusedVariable(variable.name))
		}
	}
	return nil
}

func refusedVariable(name string) string {
	return fmt.Sprintf("Unable to set '%s'. This only works if your SSH server is configured to accept"+
		" these variables via AcceptEnv.", name)
}
