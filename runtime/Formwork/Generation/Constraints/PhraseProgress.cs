namespace Formwork.Generation.Constraints;

/// <summary>How far a hypothesis has come with its phrases.</summary>
/// <param name="Node">The place in the trie that its last ids lead to; 0 where they begin no phrase.</param>
/// <param name="Met">One bit for each phrase that has appeared.</param>
internal readonly record struct PhraseProgress(int Node, ulong Met);
