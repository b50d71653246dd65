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
import org.patchlens.PatchlensException;
import org.patchlens.Spelling;

/// What the options of an analysis are, derived from their record: one source for flags, JSON, forms and help.
///
/// A component is an `int`, `long`, `float`, `double`, `boolean`, enum, [org.patchlens.embedding.Layer] or
/// `String`, or an `Optional` or `List` of one of these, and carries a [Doc]. This is the only reflection over
/// options.
///
/// @param <O> the options
public final class OptionsSchema<O extends Record> {
    private final O defaults;
    private final List<Component> components;
    private final Constructor<O> constructor;

    private OptionsSchema(O defaults, List<Component> components, Constructor<O> constructor) {
        this.defaults = defaults;
        this.components = components;
        this.constructor = constructor;
    }

    /// An option, where its value is found and what class one value has.
    private record Component(Option option, RecordComponent component, Class<?> type) {}

    /// The schema of the options that these are the defaults of.
    ///
    /// @throws IllegalArgumentException if a component has no [Doc] or a type that options cannot have
    public static <O extends Record> OptionsSchema<O> of(O defaults) {
        @SuppressWarnings("unchecked") // a record class is final, so the class of a value of type O is Class<O>
        Class<O> type = (Class<O>) defaults.getClass();
        List<Component> components = Arrays.stream(type.getRecordComponents())
                .map(component -> component(component, defaults))
                .toList();
        return new OptionsSchema<>(defaults, components, canonicalConstructor(type));
    }

    /// The options in the order of the record.
    public List<Option> options() {
        return components.stream().map(Component::option).toList();
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
        for (Component component : components) {
            List<String> values = OptionValues.texts(value(component.component(), options));
            if (component.option().arity() != Option.Arity.OPTIONAL || !values.isEmpty()) {
                texts.put(component.option().name(), String.join(",", values));
            }
        }
        return texts;
    }

    /// The defaults, changed by texts per component; the way in for JSON.
    O build(Map<String, List<String>> texts) {
        List<Object> arguments = new ArrayList<>();
        for (Component component : components) {
            List<String> given = texts.get(component.option().component());
            arguments.add(
                    given == null
                            ? value(component.component(), defaults)
                            : OptionValues.parse(component.option(), component.type(), given));
        }
        return construct(arguments);
    }

    /// The texts of the values of one option.
    List<String> values(Option option, O options) {
        for (Component component : components) {
            if (component.option().equals(option)) {
                return OptionValues.texts(value(component.component(), options));
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

    private static Component component(RecordComponent component, Record defaults) {
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
                OptionValues.texts(value(component, defaults)),
                doc.min(),
                doc.max(),
                allowed(type),
                doc.changesResult());
        return new Component(option, component, type);
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

    private static <O extends Record> Constructor<O> canonicalConstructor(Class<O> type) {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<O> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record without its canonical constructor: " + type, e);
        }
    }

    private static Object value(RecordComponent component, Record options) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(options);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component + " of " + options, e);
        }
    }

    private O construct(List<Object> arguments) {
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
