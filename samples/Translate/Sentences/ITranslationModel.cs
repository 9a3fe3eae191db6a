namespace Translate.Sentences;

/// <summary>What translating asks of a model, so that the whole model and the one without cross-attention can stand in for each other.</summary>
internal interface ITranslationModel : IGenerator, IDisposable;
