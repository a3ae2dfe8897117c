;; Each component instantiates the one inside it twice: 24 instances are written down, 8,191 would be made.
(component
  (component $c
    (component $c
      (component $c
        (component $c
          (component $c
            (component $c
              (component $c
                (component $c
                  (component $c
                    (component $c
                      (component $c
                        (component $c
                        )
                        (instance (instantiate $c)) (instance (instantiate $c))
                      )
                      (instance (instantiate $c)) (instance (instantiate $c))
                    )
                    (instance (instantiate $c)) (instance (instantiate $c))
                  )
                  (instance (instantiate $c)) (instance (instantiate $c))
                )
                (instance (instantiate $c)) (instance (instantiate $c))
              )
              (instance (instantiate $c)) (instance (instantiate $c))
            )
            (instance (instantiate $c)) (instance (instantiate $c))
          )
          (instance (instantiate $c)) (instance (instantiate $c))
        )
        (instance (instantiate $c)) (instance (instantiate $c))
      )
      (instance (instantiate $c)) (instance (instantiate $c))
    )
    (instance (instantiate $c)) (instance (instantiate $c))
  )
  (instance (instantiate $c)) (instance (instantiate $c))
)
