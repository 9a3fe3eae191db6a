namespace Formwork.Text.Pretrained;

/// <summary>mBART-50: <c>lang x &lt;/s&gt;</c>; a target must begin with its language.</summary>
internal static class MBart50Tokenizer
{
    public static TokenizerParts Load(PretrainedFiles files) =>
        MBartFamily.Load(files, MBartLanguages.Of50, new SourceLayout(LanguageMark.SourceFirst, ForcesTarget: true));
}
