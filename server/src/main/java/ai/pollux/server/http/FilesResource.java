package ai.pollux.server.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;

/** Files: {@code /upload/v1beta/files} and {@code /v1beta/files}. */
final class FilesResource implements Resource {
  private final ProjectFiles files;

  FilesResource(ProjectFiles files) {
    this.files = files;
  }

  @Override
  public boolean owns(String path) {
    return FilesPath.parse(path).isPresent();
  }

  /** Whoever knows an upload's address may go on with it. */
  @Override
  public boolean isOpen(ServerRequest request) {
    return isUpload(request) && UploadHandler.isContinued(request);
  }

  @Override
  public void serve(ServerRequest request, ServerResponse response) throws IOException {
    FilesPath path = path(request);
    if (isOpen(request)) {
      String project = request.query().first("project").orElse(Caller.DEFAULT_PROJECT);
      new UploadHandler(files, project).serve(path, request, response);
    } else if (isUpload(request)) {
      new UploadHandler(files, Caller.of(request).project()).serve(path, request, response);
    } else {
      files.of(Caller.of(request)).serve(path, request, response);
    }
  }

  private static boolean isUpload(ServerRequest request) {
    return path(request).kind() == FilesPath.Kind.UPLOAD
        && request.prologue().method().equals(Method.POST);
  }

  private static FilesPath path(ServerRequest request) {
    return FilesPath.parse(request.path().path()).orElseThrow();
  }
}
