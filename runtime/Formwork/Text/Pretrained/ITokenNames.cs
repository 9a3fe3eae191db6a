namespace Formwork.Text.Pretrained;

/// <summary>How tokens are spelled in a vocabulary's files.</summary>
internal interface ITokenNames
{
    /// <summary>Number of ids: they run from 0 to one less.</summary>
    int Count { get; }

    /// <summary>The spelling of a token; empty for an id that the files give none.</summary>
    /// <param name="id">An id below <see cref="Count"/>.</param>
    string TokenOf(int id);
}
