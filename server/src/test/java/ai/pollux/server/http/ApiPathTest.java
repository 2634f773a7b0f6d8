package ai.pollux.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiPathTest {
  @Test
  void takesAMethodApart() {
    assertThat(ApiPath.parse("/v1beta/models/gemma:streamGenerateContent"))
        .contains(new ApiPath("v1beta", "gemma", "streamGenerateContent"));
  }

  @Test
  void aModelsIdMayHaveColonsAndSlashes() {
    assertThat(ApiPath.parse("/v1/models/gemma3:1b:countTokens"))
        .contains(new ApiPath("v1", "gemma3:1b", "countTokens"));
    assertThat(ApiPath.parse("/v1/models/gemma3:1b")).contains(new ApiPath("v1", "gemma3:1b", ""));
    assertThat(ApiPath.parse("/v1/models/google/gemma:generateContent"))
        .contains(new ApiPath("v1", "google/gemma", "generateContent"));
  }

  @Test
  void theListHasNoModel() {
    assertThat(ApiPath.parse("/v1alpha/models")).contains(new ApiPath("v1alpha", "", ""));
    assertThat(ApiPath.parse("/v1alpha/models/")).contains(new ApiPath("v1alpha", "", ""));
  }

  @Test
  void doubledSlashesCountAsOne() {
    assertThat(ApiPath.parse("//v1beta//models/m:countTokens"))
        .contains(new ApiPath("v1beta", "m", "countTokens"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "", "/v2/models", "/models/x", "/v1beta/files", "/v1betamodels/x"})
  void otherPathsAreNotOfTheApi(String path) {
    assertThat(ApiPath.parse(path)).isEmpty();
  }

  @Test
  void vertexHasItsOwnPathsWithAndWithoutAProject() {
    assertThat(ApiPath.parse("/v1beta1/publishers/google/models/m:generateContent"))
        .contains(new ApiPath("v1beta1", "m", "generateContent", true));
    assertThat(
            ApiPath.parse(
                "/v1/projects/p/locations/l/publishers/google/models/gemma3:1b:countTokens"))
        .contains(new ApiPath("v1", "gemma3:1b", "countTokens", true));
    assertThat(ApiPath.parse("/v1beta1/publishers/google/models"))
        .contains(new ApiPath("v1beta1", "", "", true));
    assertThat(ApiPath.parse("/v1beta/publishers/google/models/m")).isEmpty();
    assertThat(ApiPath.parse("/v1/projects/p/publishers/google/models/m")).isEmpty();
  }
}
