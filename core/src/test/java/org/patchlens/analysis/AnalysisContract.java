package org.patchlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.Analyses;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Provenance;
import org.patchlens.study.Study;
import org.patchlens.study.result.ResultName;
import org.patchlens.study.result.ResultStore;

/// What every analysis keeps; the test of each implements it.
///
/// @param <O> the options
/// @param <R> the result
public interface AnalysisContract<O extends Record, R extends Record> {
    /// The analysis under test.
    Analysis<O, R> analysis();

    /// A small study that the analysis has something to say about.
    Study study();

    @Test
    default void itStandsInTheListUnderANameOfItsOwn() {
        assertThat(Analyses.ALL).contains(analysis());
        assertThat(Analyses.ALL).extracting(Analysis::name).doesNotHaveDuplicates();
    }

    @Test
    default void itsSummaryIsOneSentenceWithoutAFullStop() {
        assertThat(analysis().summary()).matches("[A-Z].*[^.]");
    }

    @Test
    default void everyOptionIsDocumented() {
        for (Option option : analysis().schema().options()) {
            assertThat(option.doc()).as(option.flag()).matches("[A-Z].*[^.]");
        }
    }

    @Test
    default void optionsComeBackFromTextAndFromJson() {
        OptionsSchema<O> schema = analysis().schema();
        O defaults = analysis().defaults();
        assertThat(schema.parse(schema.texts(defaults))).isEqualTo(defaults);
        assertThat(OptionsJson.parse(schema, OptionsJson.json(schema, defaults)))
                .isEqualTo(defaults);
    }

    @Test
    default void numbersOutOfRangeAreRefusedByTheRecordToo() throws ReflectiveOperationException {
        for (Option option : analysis().schema().options()) {
            if (option.type().isNumber() && option.arity() == Option.Arity.ONE) {
                if (option.min() > Double.NEGATIVE_INFINITY) {
                    refuses(option, justOutside(option, option.min(), -1));
                }
                if (option.max() < Double.POSITIVE_INFINITY) {
                    refuses(option, justOutside(option, option.max(), 1));
                }
            }
        }
    }

    @Test
    default void theResultIsTheSameTwiceAndForAnyNumberOfThreads() {
        String expected = ResultJson.text(result(analysis().defaults()));
        assertThat(ResultJson.text(result(analysis().defaults()))).isEqualTo(expected);
        OptionsSchema<O> schema = analysis().schema();
        if (schema.options().stream().anyMatch(option -> option.name().equals("threads"))) {
            for (String threads : List.of("1", "2", "8")) {
                O options = schema.parse(Map.of("threads", threads));
                assertThat(ResultJson.text(result(options)))
                        .as("%s threads", threads)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    default void theResultSaysWhereItComesFrom() throws ReflectiveOperationException {
        R result = result(analysis().defaults());
        RecordComponent component = Arrays.stream(result.getClass().getRecordComponents())
                .filter(each -> each.getType() == Provenance.class)
                .findFirst()
                .orElseThrow(() -> new AssertionError(result.getClass() + " holds no Provenance"));
        component.getAccessor().setAccessible(true);
        Provenance provenance = (Provenance) component.getAccessor().invoke(result);
        assertThat(provenance.modelSha256())
                .isEqualTo(study().manifest().model().sha256());
        assertThat(provenance.options())
                .isEqualTo(OptionsJson.provenance(analysis().defaults()));
    }

    @Test
    default void everyFigureHasATitleAndACaption() {
        List<Figure> figures = analysis().figures().of(result(analysis().defaults()));
        assertThat(figures).isNotEmpty();
        for (Figure figure : figures) {
            assertThat(figure.title()).matches("[A-Z].*[^.]");
            assertThat(figure.caption()).matches("(?s)[A-Z].*[.]");
        }
    }

    @Test
    default void aKeptResultGivesTheSameFiguresAgain(@TempDir Path folder) throws IOException {
        R result = result(analysis().defaults());
        Files.writeString(folder.resolve("study.json"), "{}");
        ResultStore store = new ResultStore(folder);
        ResultName name = new ResultName(analysis().name(), "kept");
        store.save(name, ResultFiles.of(analysis(), analysis().defaults(), result));
        assertThat(ResultFiles.figures(store.get(name)))
                .isEqualTo(analysis().figures().of(result));
        assertThat(OptionsJson.parse(
                        analysis().schema(), store.get(name).saved().options()))
                .isEqualTo(analysis().defaults());
    }

    @Test
    default void whoeverListensHearsTheEndAndMayStopTheWork() {
        List<Long> left = new ArrayList<>();
        analysis().function().of(study(), analysis().defaults(), (stage, done, total) -> left.add(total - done));
        assertThat(left).isNotEmpty().isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(left.getLast()).isZero();
        PatchlensException stop = PatchlensException.interrupted("test", "stopped", "");
        assertThatThrownBy(() -> analysis().function().of(study(), analysis().defaults(), (stage, done, total) -> {
                    throw stop;
                }))
                .isSameAs(stop);
    }

    private R result(O options) {
        return analysis().function().of(study(), options, Progress.NONE);
    }

    private static Number justOutside(Option option, double bound, int direction) {
        return switch (option.type()) {
            case INTEGER -> (int) bound + direction;
            case LONG -> (long) bound + direction;
            case FLOAT -> direction < 0 ? Math.nextDown((float) bound) : Math.nextUp((float) bound);
            case DOUBLE, BOOLEAN, CHOICE, LAYER, TEXT -> direction < 0 ? Math.nextDown(bound) : Math.nextUp(bound);
        };
    }

    private void refuses(Option option, Number value) throws ReflectiveOperationException {
        Record group = holder(option, analysis().defaults()).orElseThrow();
        RecordComponent[] components = Objects.requireNonNull(group.getClass().getRecordComponents());
        List<Object> arguments = new ArrayList<>();
        for (RecordComponent component : components) {
            boolean changed = component.getName().equals(option.component());
            arguments.add(changed ? value : component.getAccessor().invoke(group));
        }
        Constructor<?> constructor = group.getClass()
                .getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        assertThatThrownBy(() -> constructor.newInstance(arguments.toArray()))
                .as("%s = %s", option.flag(), value)
                .hasCauseInstanceOf(PatchlensException.class);
    }

    /// The record that an option is a component of: the options or a group in them.
    private static Optional<Record> holder(Option option, Record options) throws ReflectiveOperationException {
        for (RecordComponent component : options.getClass().getRecordComponents()) {
            if (component.isAnnotationPresent(Doc.class)) {
                if (component.getName().equals(option.component())) {
                    return Optional.of(options);
                }
            } else {
                Optional<Record> found =
                        holder(option, (Record) component.getAccessor().invoke(options));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
