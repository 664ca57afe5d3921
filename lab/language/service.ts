import { Metadata, type ServerUnaryCall, type ServiceError, status } from '@grpc/grpc-js';
import type { ILanguageRuntimeServer } from '@pulumi/pulumi/proto/language_grpc_pb';
import * as language from '@pulumi/pulumi/proto/language_pb';
import { PluginInfo } from '@pulumi/pulumi/proto/plugin_pb';
import { version } from '@pulumi/pulumi/version';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { about, installDependencies, programDependencies } from './dependency';
import type { Engine } from './engine';
import { runPlugin } from './plugin';
import { runProgram } from './program';
import { requiredPackages } from './requiredPackage';

/** What the engine's calls come to; those that generate code or pack it are not offered. */
export function languageRuntime(engine: Engine, tracing: string): ILanguageRuntimeServer {
  const cancelled = new AbortController();
  return {
    handshake: unary((request: language.LanguageHandshakeRequest) => {
      engine.meet(request.getEngineAddress());
      return new language.LanguageHandshakeResponse();
    }),
    getPluginInfo: unary(() => new PluginInfo().setVersion(version)),
    getRequiredPackages: unary((request: language.GetRequiredPackagesRequest) =>
      requiredPackages(infoOf(request).getProgramDirectory()),
    ),
    run: unary((request: language.RunRequest, ended) =>
      runProgram(request, infoOf(request), engine.address, tracing, AbortSignal.any([ended, cancelled.signal])),
    ),
    runPlugin: (call) => {
      runPlugin(call, infoOf(call.request)).then(
        () => call.end(),
        (error: unknown) => call.emit('error', asServiceError(error)),
      );
    },
    about: unary((request: language.AboutRequest) => about(infoOf(request))),
    getProgramDependencies: unary((request: language.GetProgramDependenciesRequest) =>
      programDependencies(infoOf(request), request.getTransitivedependencies()),
    ),
    installDependencies: (call) => {
      installDependencies(call, infoOf(call.request)).then(
        () => call.end(),
        (error: unknown) => call.emit('error', asServiceError(error)),
      );
    },
    runtimeOptionsPrompts: unary(() => new language.RuntimeOptionsResponse()),
    template: unary(() => new language.TemplateResponse()),
    cancel: unary(() => {
      cancelled.abort();
      return new Empty();
    }),
    // The engine asks for packages instead.
    getRequiredPlugins: notOffered('GetRequiredPlugins'),
    generateProgram: notOffered('GenerateProgram'),
    generateProject: notOffered('GenerateProject'),
    generatePackage: notOffered('GeneratePackage'),
    pack: notOffered('Pack'),
    link: notOffered('Link'),
  };
}

function infoOf(request: { getInfo: () => language.ProgramInfo | undefined }): language.ProgramInfo {
  const info = request.getInfo();
  if (info === undefined) throw new Error('the engine has not named the program');
  return info;
}

/** A call with one answer. `ended` fires when the engine no longer waits for it. */
function unary<Request, Response>(answer: (request: Request, ended: AbortSignal) => Response | Promise<Response>) {
  return (
    call: ServerUnaryCall<Request, Response>,
    reply: (error: ServiceError | null, response?: Response) => void,
  ) => {
    const ended = new AbortController();
    call.on('cancelled', () => ended.abort());
    Promise.resolve()
      .then(() => answer(call.request, ended.signal))
      .then(
        (response) => reply(null, response),
        (error: unknown) => reply(asServiceError(error)),
      );
  };
}

function notOffered(method: string) {
  return (_call: unknown, reply: (error: ServiceError) => void) =>
    reply(serviceError(`the lab's language host does not offer ${method}`, status.UNIMPLEMENTED));
}

const asServiceError = (error: unknown) => serviceError(error instanceof Error ? error.message : String(error));

const serviceError = (details: string, code = status.UNKNOWN): ServiceError =>
  Object.assign(new Error(details), { code, details, metadata: new Metadata() });
