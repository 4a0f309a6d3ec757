using System.Collections.Generic;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>A cmdlet that works in a session.</summary>
public abstract class SessionCmdlet : ImapCmdlet
{
    private readonly HashSet<object> _told = [];

    /// <summary>
    /// Specifies the session: the object, its id or its name. The default is the session of a piped object, otherwise the current session.
    /// </summary>
    // Not from the pipeline: objects carry their session, and one that has nothing but a session is none of a cmdlet's business.
    [Parameter]
    [Alias("SessionId")]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public virtual SessionReference? Session { get; set; }

    /// <summary>The session that was asked for, whatever the objects at hand came from.</summary>
    private protected virtual SessionReference? Chosen => Session;

    /// <summary>The session that -Session names, or an object came from, or else the current one.</summary>
    private protected SessionConnection Resolve(SessionReference? cameFrom = null)
    {
        if ((Chosen ?? cameFrom) is { } reference) return SessionStore.Find(reference);

        return CurrentSession.Of(this);
    }

    /// <summary>Resolves the session, ending the cmdlet when there is none.</summary>
    private protected SessionConnection ResolveOrThrow(SessionReference? cameFrom = null) => OrThrow(() => Resolve(cameFrom));

    /// <summary>
    /// Resolves the session that an object came from. One that is closed is told once, however many objects came from it, and the others go
    /// on.
    /// </summary>
    /// <returns>The session, or null when it has been told.</returns>
    internal SessionConnection? TryResolve(SessionReference? cameFrom, object target)
    {
        if (Chosen is not null || cameFrom is null) return ResolveOrThrow();

        try
        {
            return Resolve(cameFrom);
        }
        catch (ImapException closed)
        {
            if (_told.Add(cameFrom.ToString())) WriteError(closed, target);
            return null;
        }
    }

    /// <summary>Tells of an object that the cmdlet cannot take, once for each mistake: a thousand objects of one kind are one.</summary>
    /// <param name="mistake">What is the same in objects that are the same mistake.</param>
    /// <param name="why">The error.</param>
    internal void Refuse(object mistake, ImapException why)
    {
        if (_told.Add(mistake)) WriteError(why);
    }
}
