package org.patchlens.analysis;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.patchlens.PatchlensException;
import org.patchlens.Spelling;

/// What the options of an analysis are, derived from their record: one source for flags, JSON, forms and help.
///
/// A component is an `int`, `long`, `float`, `double`, `boolean`, enum, [org.patchlens.embedding.Layer] or
/// `String`, or an `Optional` or `List` of one of these, and carries a [Doc]; or it is a record of such
/// components, which are options beside the others: groups order the Java side only. This is the only reflection
/// over options.
///
/// @param <O> the options
public final class OptionsSchema<O extends Record> {
    private final O defaults;
    private final Group<O> root;
    private final List<Value> values;

    private OptionsSchema(O defaults, Group<O> root) {
        this.defaults = defaults;
        this.root = root;
        this.values = root.parts().stream().flatMap(OptionsSchema::values).toList();
    }

    private sealed interface Part {}

    /// An option, where its value is found from the outermost record on, and what class one value has.
    private record Value(Option option, List<RecordComponent> path, Class<?> type) implements Part {}

    /// A record of options and how it is made.
    private record Group<R extends Record>(Constructor<R> constructor, List<Part> parts) implements Part {}

    /// The schema of the options that these are the defaults of.
    ///
    /// @throws IllegalArgumentException if a component has no [Doc], a type that options cannot have, or the name
    /// of
    ///     another
    public static <O extends Record> OptionsSchema<O> of(O defaults) {
        @SuppressWarnings("unchecked") // a record class is final, so the class of a value of type O is Class<O>
        Class<O> type = (Class<O>) defaults.getClass();
        OptionsSchema<O> schema = new OptionsSchema<>(defaults, group(type, List.of(), defaults));
        List<String> names = schema.options().stream().map(Option::component).toList();
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("two options of " + type + " have one name: " + names);
        }
        return schema;
    }

    /// The options in the order of the record.
    public List<Option> options() {
        return values.stream().map(Value::option).toList();
    }

    /// The default options.
    public O defaults() {
        return defaults;
    }

    /// The defaults, changed by texts as they are typed on a command line.
    ///
    /// @param texts values by the name of the option without hyphens before it; those of a list separated by
    ///     commas
    /// @throws PatchlensException if a name is unknown, or a value malformed or out of range
    public O parse(Map<String, String> texts) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            Option option = option(entry.getKey(), Option::name);
            values.put(option.component(), separate(option, entry.getValue()));
        }
        return build(values);
    }

    /// The options as texts that [#parse] reads back; an `Optional` without a value is left out.
    public SequencedMap<String, String> texts(O options) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        for (Value value : values) {
            List<String> given = OptionValues.texts(read(value.path(), options));
            if (value.option().arity() != Option.Arity.OPTIONAL || !given.isEmpty()) {
                texts.put(value.option().name(), String.join(",", given));
            }
        }
        return texts;
    }

    /// The defaults, changed by texts per component; the way in for JSON.
    O build(Map<String, List<String>> texts) {
        return build(root, texts);
    }

    private <R extends Record> R build(Group<R> group, Map<String, List<String>> texts) {
        List<Object> arguments = new ArrayList<>();
        for (Part part : group.parts()) {
            arguments.add(
                    switch (part) {
                        case Value value -> build(value, texts);
                        case Group<?> inner -> build(inner, texts);
                    });
        }
        return construct(group.constructor(), arguments);
    }

    private Object build(Value value, Map<String, List<String>> texts) {
        List<String> given = texts.get(value.option().component());
        return given == null ? read(value.path(), defaults) : OptionValues.parse(value.option(), value.type(), given);
    }

    /// The texts of the values of one option.
    List<String> values(Option option, O options) {
        for (Value value : values) {
            if (value.option().equals(option)) {
                return OptionValues.texts(read(value.path(), options));
            }
        }
        throw new IllegalArgumentException(option + " is of another schema");
    }

    /// The option of a name.
    ///
    /// @param naming whether it is named as in JSON or as on the command line
    Option option(String given, java.util.function.Function<Option, String> naming) {
        List<String> names = options().stream().map(naming).toList();
        if (!names.contains(given)) {
            throw PatchlensException.usage(
                    given,
                    names.isEmpty()
                            ? "there are no options here"
                            : "there is no such option; the options are " + String.join(", ", names),
                    Spelling.nearest(given, names)
                            .map(name -> "Did you mean " + name + "?")
                            .orElse(""));
        }
        return options().get(names.indexOf(given));
    }

    private static List<String> separate(Option option, String text) {
        if (option.arity() != Option.Arity.LIST) {
            return List.of(text);
        }
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    private static Stream<Value> values(Part part) {
        return switch (part) {
            case Value value -> Stream.of(value);
            case Group<?> group -> group.parts().stream().flatMap(OptionsSchema::values);
        };
    }

    private static <R extends Record> Group<R> group(Class<R> type, List<RecordComponent> path, Record defaults) {
        List<Part> parts = Arrays.stream(type.getRecordComponents())
                .map(component ->
                        part(Stream.concat(path.stream(), Stream.of(component)).toList(), defaults))
                .toList();
        return new Group<>(canonicalConstructor(type), parts);
    }

    private static Part part(List<RecordComponent> path, Record defaults) {
        RecordComponent component = path.getLast();
        Class<?> type = component.getType();
        boolean value = component.isAnnotationPresent(Doc.class) || !type.isRecord();
        return value ? value(path, defaults) : group(type.asSubclass(Record.class), path, defaults);
    }

    private static Value value(List<RecordComponent> path, Record defaults) {
        RecordComponent component = path.getLast();
        Doc doc = component.getAnnotation(Doc.class);
        Class<?> type = elementType(component);
        Optional<OptionType> optionType = OptionType.of(type);
        if (doc == null || optionType.isEmpty()) {
            throw new IllegalArgumentException("the option " + component + " of " + defaults.getClass()
                    + (doc == null ? " has no @Doc" : " has a type that options cannot have"));
        }
        Option option = new Option(
                component.getName(),
                optionType.get(),
                arity(component),
                doc.value(),
                OptionValues.texts(read(path, defaults)),
                doc.min(),
                doc.max(),
                allowed(type),
                doc.changesResult());
        return new Value(option, path, type);
    }

    private static Option.Arity arity(RecordComponent component) {
        if (component.getType() == Optional.class) {
            return Option.Arity.OPTIONAL;
        }
        return component.getType() == List.class ? Option.Arity.LIST : Option.Arity.ONE;
    }

    private static Class<?> elementType(RecordComponent component) {
        Type type = component.getGenericType();
        if (type instanceof ParameterizedType parameterized && arity(component) != Option.Arity.ONE) {
            type = parameterized.getActualTypeArguments()[0];
        }
        return type instanceof Class<?> one ? one : component.getType();
    }

    private static List<String> allowed(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        return constants == null ? List.of() : OptionValues.texts(List.of(constants));
    }

    private static <R extends Record> Constructor<R> canonicalConstructor(Class<R> type) {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record without its canonical constructor: " + type, e);
        }
    }

    private static Object read(List<RecordComponent> path, Record options) {
        Object value = options;
        for (RecordComponent component : path) {
            try {
                component.getAccessor().setAccessible(true);
                value = component.getAccessor().invoke(value);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("cannot read " + component + " of " + options, e);
            }
        }
        return value;
    }

    private static <R> R construct(Constructor<R> constructor, List<Object> arguments) {
        try {
            return constructor.newInstance(arguments.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof PatchlensException refusal) {
                throw refusal;
            }
            throw new IllegalStateException("the options refuse " + arguments + " without saying why", e);
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("cannot make options of " + arguments, e);
        }
    }
}
