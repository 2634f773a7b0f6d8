package ai.pollux.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of {@code docs/architecture.md}, kept. */
@AnalyzeClasses(packages = "ai.pollux", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] JSON = {
    "tools.jackson..", "com.fasterxml.jackson..", "com.google.gson.."
  };

  @ArchTest
  static final ArchRule tensorKnowsNothingOfOurs =
      classes()
          .that()
          .resideInAPackage("ai.pollux.tensor..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "ai.pollux.tensor..",
              "java..",
              "jdk.incubator.vector..",
              "jdk.internal..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule contentKnowsNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("ai.pollux.content..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.pollux.tensor..",
              "ai.pollux.model..",
              "ai.pollux.torch..",
              "ai.pollux.train..",
              "ai.pollux.engine..",
              "ai.pollux.assistant..",
              "ai.pollux.server..",
              "ai.pollux.cli..");

  @ArchTest
  static final ArchRule modelAndTorchKnowOnlyTensor =
      noClasses()
          .that()
          .resideInAnyPackage("ai.pollux.model..", "ai.pollux.torch..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.pollux.content..",
              "ai.pollux.train..",
              "ai.pollux.engine..",
              "ai.pollux.assistant..",
              "ai.pollux.server..",
              "ai.pollux.cli..");

  /** Decoders of other people's files run in processes of their own: ReaderPool's. */
  @ArchTest
  static final ArchRule filesOfOthersAreReadApart =
      noClasses()
          .that()
          .resideInAnyPackage(
              "ai.pollux.assistant..",
              "ai.pollux.server..",
              "ai.pollux.library..",
              "ai.pollux.junit..",
              "ai.pollux.langchain4j..",
              "ai.pollux.cli..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("ai.pollux.content.image.ImageReader")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("ai.pollux.content.audio.SoundFile")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("ai.pollux.content.video.VideoFile")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("ai.pollux.content.document.PdfPages")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.pollux.content.ffmpeg..", "org.bytedeco..", "org.apache.pdfbox..");

  @ArchTest
  static final ArchRule engineNeverSeesTextJsonOrHttp =
      noClasses()
          .that()
          .resideInAPackage("ai.pollux.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.pollux.content..",
              "ai.pollux.assistant..",
              "ai.pollux.server..",
              "ai.pollux.cli..",
              "io.helidon..",
              "java.net..",
              "tools.jackson..");

  @ArchTest
  static final ArchRule scheduleAndCacheHoldIntegersOnly =
      noClasses()
          .that()
          .resideInAnyPackage("ai.pollux.engine.schedule..", "ai.pollux.engine.cache..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("ai.pollux.tensor.Tensor");

  @ArchTest
  static final ArchRule benchmarksSeeOnlyWhatAnybodySees =
      noClasses()
          .that()
          .resideInAPackage("ai.pollux.eval..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.pollux.tensor..",
              "ai.pollux.model..",
              "ai.pollux.engine..",
              "ai.pollux.assistant..",
              "ai.pollux.server..",
              "ai.pollux.cli..");

  @ArchTest
  static final ArchRule serverNeverSeesTensors =
      noClasses()
          .that()
          .resideInAPackage("ai.pollux.server..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.pollux.tensor..");

  @ArchTest
  static final ArchRule wireKnowsNoHttp =
      noClasses()
          .that()
          .resideInAPackage("ai.pollux.server.gemini..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.pollux.server.http..", "io.helidon..");

  @ArchTest
  static final ArchRule onlyCliBenchAndLibraryNameTheSimdBackend =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "ai.pollux.cli..",
              "ai.pollux.bench..",
              "ai.pollux.library..",
              "ai.pollux.tensor.simd..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.pollux.tensor.simd..");

  @ArchTest
  static final ArchRule adaptersSeeNoTensorsAndNoModels =
      noClasses()
          .that()
          .resideInAnyPackage("ai.pollux.junit..", "ai.pollux.langchain4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.pollux.tensor..", "ai.pollux.model..", "ai.pollux.cli..");

  @ArchTest
  static final ArchRule libraryKnowsNeitherServerNorAdapters =
      noClasses()
          .that()
          .resideInAPackage("ai.pollux.library..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.pollux.server..",
              "ai.pollux.junit..",
              "ai.pollux.langchain4j..",
              "ai.pollux.cli..");

  @ArchTest
  static final ArchRule nothingIsBuiltOnTheLibraryButAdapters =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "ai.pollux.library..", "ai.pollux.junit..", "ai.pollux.langchain4j..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.pollux.library..");

  @ArchTest
  static final ArchRule modelAndTorchDoNotKnowEachOther =
      slices()
          .matching("ai.pollux.(model|torch)..")
          .should()
          .notDependOnEachOther()
          .because("a model is written once, for every backend");

  @ArchTest
  static final ArchRule onlyTrainCliAndBenchNameTheTorchBackend =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "ai.pollux.train..", "ai.pollux.cli..", "ai.pollux.bench..", "ai.pollux.torch..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.pollux.torch..");

  @ArchTest
  static final ArchRule libtorchOnlyInTorch =
      noClasses()
          .that()
          .resideOutsideOfPackage("ai.pollux.torch..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco.pytorch..");

  @ArchTest
  static final ArchRule onlyTheSimdBackendRunsEmittedCode =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "ai.pollux.tensor.simd..", "ai.pollux.tensor.jit..", "ai.pollux.torch..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.pollux.tensor.jit..");

  @ArchTest
  static final ArchRule vectorApiOnlyInSimd =
      noClasses()
          .that()
          .resideOutsideOfPackage("ai.pollux.tensor.simd..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  @ArchTest
  static final ArchRule downcallsOnlyInBackends =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "ai.pollux.tensor.simd..", "ai.pollux.tensor.jit..", "ai.pollux.torch..")
          .should(
              callMethodWhere(
                  describe(
                      "a foreign downcall is linked",
                      (JavaMethodCall call) ->
                          call.getTargetOwner().getName().equals("java.lang.foreign.Linker")
                              && call.getTarget().getName().equals("downcallHandle"))));

  @ArchTest
  static final ArchRule noJsonInTensorOrEngine =
      noClasses()
          .that()
          .resideInAnyPackage("ai.pollux.tensor..", "ai.pollux.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JSON);

  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching("ai.pollux.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noStaticMutableState =
      noFields()
          .that()
          .areStatic()
          .should()
          .notBeFinal()
          .because("wiring is plain constructors; nothing is shared behind the caller's back");

  @ArchTest
  static final ArchRule noAbstractBaseClasses =
      noClasses()
          .that()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .and()
          .areNotAssignableTo(Throwable.class)
          .should()
          .haveModifier(JavaModifier.ABSTRACT)
          .because("composition only; a closed choice is a sealed interface");
}
