using System.Text.Json;

namespace Formwork.Text.Pretrained;

/// <summary>Refuses the settings that would change ids and are not followed, so that none is passed over in silence.</summary>
internal static class SupportedSettings
{
    private const string Retrain = "A tokeniser with this setting gives other ids: use its own library behind ITokenizer.";

    public static void Check(JsonFile config)
    {
        if (config.Flag("do_lower_case") == true)
        {
            throw config.Unsupported("do_lower_case", "false", "true", "Lower-case the text by the model's rules yourself, and set this to false. " + Retrain);
        }
        if (!config.TryFind("sp_model_kwargs", out JsonElement options))
        {
            return;
        }
        if (options.ValueKind != JsonValueKind.Object)
        {
            throw config.Wrong("sp_model_kwargs", "an object", options);
        }
        bool samples = options.TryGetProperty("enable_sampling", out JsonElement sampling) && IsSet(sampling);
        foreach (JsonProperty option in options.EnumerateObject())
        {
            // How to sample does not matter where nothing is sampled.
            bool isIdle = !samples && (option.NameEquals("nbest_size") || option.NameEquals("alpha"));
            if (!isIdle && IsSet(option.Value))
            {
                throw config.Unsupported("sp_model_kwargs", "no option that changes ids", Quoted.Of($"{option.Name}: {option.Value.GetRawText()}"), Retrain);
            }
        }
    }

    private static bool IsSet(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.Number => !(value.TryGetDouble(out double number) && number == 0),
        _ => true,
    };
}
