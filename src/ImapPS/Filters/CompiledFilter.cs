using System.Collections.Generic;
using ImapPS.Search;

namespace ImapPS.Filters;

/// <summary>What became of a script block: a term for the server, and the parts that it cannot be asked about.</summary>
internal sealed record CompiledFilter(SearchTerm SearchTerm, IReadOnlyList<string> ComparedLocally);
