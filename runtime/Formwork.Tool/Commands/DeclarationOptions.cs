using System.CommandLine;
using Formwork.Tool.Declarations;
using Formwork.Tool.Terminal;
using Formwork.Weights;
using Microsoft.CodeAnalysis.CSharp;

namespace Formwork.Tool.Commands;

/// <summary>The options that say which model is meant: a declaration, or what one is written from.</summary>
internal sealed class DeclarationOptions
{
    private readonly Option<string?> _declaration = new("--declaration") { Description = "The C# file that declares the model. The rest of it need not compile.", HelpName = "file" };
    private readonly Option<string?> _type;
    private readonly bool _hasWeights;
    private readonly Option<int?> _sourceLength = new("--source-length") { Description = "Without a declaration: the most tokens of a source, where they are fewer than its configuration allows.", HelpName = "n" };
    private readonly Option<int?> _targetLength = new("--target-length") { Description = "Without a declaration: the most tokens of a target, where they are fewer than its configuration allows.", HelpName = "n" };
    private readonly Option<WeightType?> _weights = NamesOption.Create<WeightType>("--weights", "Without a declaration: the weight type");

    private readonly Option<string[]> _config = new("--config")
    {
        Description = "A file that the declaration names: config.json, a manifest. May be repeated; what lies beside the declaration is found without it. Without a declaration the first is the model's config.json.",
        HelpName = "file",
    };

    /// <summary>Makes the options.</summary>
    /// <param name="typeName">What the option is called that names the declared type, where --type is something else.</param>
    /// <param name="hasWeights">Whether a weight type can be given; not where the command has an option for it.</param>
    public DeclarationOptions(string typeName = "--type", bool hasWeights = true)
    {
        _hasWeights = hasWeights;
        _type = new(typeName) { Description = "The declared type's name, where the file declares several; the end of it is enough.", HelpName = "name" };
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _declaration, _type, _config, _sourceLength, _targetLength })
        {
            command.Add(option);
        }

        if (_hasWeights)
        {
            command.Add(_weights);
        }
    }

    /// <summary>Whether any of them is used.</summary>
    public bool AreGiven(ParseResult result) => result.GetValue(_declaration) is not null || result.GetValue(_config) is { Length: > 0 };

    /// <summary>The model that is meant.</summary>
    /// <exception cref="ToolException">None is, or its file cannot be read.</exception>
    public DeclarationRequest Read(ParseResult result)
    {
        string[] config = result.GetValue(_config) ?? [];
        string? type = result.GetValue(_type);
        if (result.GetValue(_declaration) is not { } path)
        {
            return Synthesise(result, config, type);
        }

        foreach (Option option in new Option[] { _sourceLength, _targetLength, _weights })
        {
            if (result.GetResult(option) is not null)
            {
                throw ToolException.Usage($"{option.Name} is said by the declaration; change it there, or leave out --declaration");
            }
        }

        DeclarationFile file = DeclarationFile.Read(path);
        return new(file, file.Select(type), config);
    }

    private DeclarationRequest Synthesise(ParseResult result, string[] config, string? type)
    {
        if (config.Length == 0)
        {
            throw ToolException.Usage("no model is named: give --declaration with the C# file that declares it, or --config with its config.json");
        }

        string name = type ?? throw ToolException.Usage($"without --declaration, {_type.Name} is needed too: the name of the type that will declare the model, such as Samples.EnglishToFrench");
        if (!name.Split('.').All(SyntaxFacts.IsValidIdentifier))
        {
            throw ToolException.Usage($"{_type.Name} {WeightProblem.Quote(name)} is no name of a C# type, such as Samples.EnglishToFrench");
        }

        // Only the end of the path is written, so that no path of this machine gets into what is generated.
        string literal = SymbolDisplay.FormatLiteral(Path.GetFileName(config[0]), quote: true);
        int dot = name.LastIndexOf('.');
        string space = dot < 0 ? "" : $"namespace {name[..dot]};";
        string arguments = string.Concat(
            result.GetValue(_sourceLength) is { } source ? Numbers.Text($", SourceLength = {source}") : "",
            result.GetValue(_targetLength) is { } target ? Numbers.Text($", TargetLength = {target}") : "",
            result.GetValue(_weights) is { } chosen ? $", Weights = Formwork.WeightType.{chosen}" : "");
        string text = $"""
            {space}
            [Formwork.Transformer({literal}{arguments})]
            public sealed partial class {name[(dot + 1)..]};
            """;
        DeclarationFile file = DeclarationFile.Of("(declaration)", text);
        return new(file, file.Select(null), config);
    }
}
